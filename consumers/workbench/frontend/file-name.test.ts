import { fileNameOf } from './file-name.ts'

test.each([
  ['a name in quotes', 'attachment; filename="plans.txt"', 'plans.txt'],
  ['a name without quotes', 'attachment; filename=plans.txt', 'plans.txt'],
  ['a name with escaped characters', 'attachment; filename="the \\"plan\\".txt"', 'the "plan".txt'],
  ['a name with a semicolon', 'attachment; filename="a; b.txt"; size=1', 'a; b.txt'],
  ['an encoded name', "attachment; filename*=UTF-8''Pl%C3%A4ne.txt", 'Pläne.txt'],
  ['an encoded name with a language', "attachment; filename*=utf-8'de'Pl%C3%A4ne.txt", 'Pläne.txt'],
  ['both: the encoded one', 'attachment; filename="Pl_ne.txt"; filename*=UTF-8\'\'Pl%C3%A4ne.txt', 'Pläne.txt'],
  [
    'both: the encoded one, in whatever order',
    'attachment; filename*=UTF-8\'\'a%20b.txt; filename="a_b.txt"',
    'a b.txt',
  ],
  ['an encoding that is broken: the plain one', 'attachment; filename="a.txt"; filename*=UTF-8\'\'%E4', 'a.txt'],
  ['folders, which are left out', 'attachment; filename="../../etc/passwd"', 'passwd'],
  ['folders of Windows, which are left out', "attachment; filename*=UTF-8''C%3A%5Ctemp%5Ca.txt", 'a.txt'],
  ['no name', 'attachment', undefined],
  ['a name of nothing but folders', 'attachment; filename="/"', undefined],
])('%s', (_what, value, name) => {
  expect(fileNameOf(value)).toBe(name)
})

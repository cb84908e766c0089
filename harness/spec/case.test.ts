import { camelCase, pascalCase, sentenceCase, snakeCase } from './case.ts'

test.each([
  ['putTodoResult', 'PutTodoResult', 'put_todo_result', 'Put todo result', 'putTodoResult'],
  ['node-planner', 'NodePlanner', 'node_planner', 'Node planner', 'nodePlanner'],
  ['node signature', 'NodeSignature', 'node_signature', 'Node signature', 'nodeSignature'],
  ['readURLOf2Books', 'ReadUrlOf2Books', 'read_url_of_2_books', 'Read url of 2 books', 'readUrlOf2Books'],
  ['_', '', '', '', ''],
])('%s in other notations', (name, pascal, snake, sentence, camel) => {
  expect([pascalCase(name), snakeCase(name), sentenceCase(name), camelCase(name)]).toEqual([
    pascal,
    snake,
    sentence,
    camel,
  ])
})

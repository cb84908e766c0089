import { useState, type ChangeEvent, type DragEvent, type ReactNode } from 'react'
import { Icon } from '../pieces/icon.tsx'

type Props = Readonly<{ isRunning: boolean; onChosen: (files: readonly File[]) => void }>

/** Takes files: chosen, or dropped. */
export function UploadArea({ isRunning, onChosen }: Props): ReactNode {
  const [isOver, setOver] = useState(false)
  function choose(event: ChangeEvent<HTMLInputElement>): void {
    onChosen([...(event.target.files ?? [])])
    // The same file can be chosen again.
    event.target.value = ''
  }
  function drop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    onChosen([...event.dataTransfer.files])
  }
  function over(event: DragEvent): void {
    event.preventDefault()
    setOver(true)
  }
  return (
    <label
      className={isOver ? 'upload upload-over' : 'upload'}
      onDrop={drop}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
    >
      <Icon name="upload" />
      <span className="upload-text">{isRunning ? 'Storing…' : 'Choose files, or drop them here'}</span>
      <span className="muted">Text, images, PDF; up to 5 MiB each</span>
      <input type="file" name="file" multiple className="unseen" onChange={choose} disabled={isRunning} />
    </label>
  )
}

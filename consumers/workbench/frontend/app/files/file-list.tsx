import type { ReactNode } from 'react'
import type { StoredFile } from '../../files.ts'
import { useApi } from '../api-context.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { Icon } from '../pieces/icon.tsx'
import { useTask } from '../pieces/use-task.ts'
import { fileSize } from './file-size.ts'
import { saveFile } from './save-file.ts'

type Props = Readonly<{ files: readonly StoredFile[]; onForget: (id: string) => void }>

/** Files that can be had back. */
export function FileList({ files, onForget }: Props): ReactNode {
  if (files.length === 0) return <p className="muted files-none">Nothing was stored from this browser yet.</p>
  return (
    <ul className="files" aria-label="Stored files">
      {files.map((file) => (
        <FileItem key={file.id} file={file} onForget={() => onForget(file.id)} />
      ))}
    </ul>
  )
}

function FileItem({ file, onForget }: Readonly<{ file: StoredFile; onForget: () => void }>): ReactNode {
  const { downloadFile } = useApi()
  const { failure, isRunning, run } = useTask()
  function download(): void {
    void run(async () => saveFile(await downloadFile(file.id)))
  }
  return (
    <li className="file">
      <Icon name="file" />
      <div className="file-about">
        <span className="file-name">{file.name}</span>
        <span className="muted">
          {fileSize(file.size)} · {file.mediaType}
        </span>
        {failure && <FailureNotice failure={failure} />}
      </div>
      {failure?.kind === 'not-found' && (
        <button type="button" className="button button-small" onClick={onForget}>
          Take off the list
        </button>
      )}
      <button
        type="button"
        className="button button-icon"
        aria-label={`Download ${file.name}`}
        disabled={isRunning}
        onClick={download}
      >
        <Icon name="download" />
      </button>
    </li>
  )
}

import { useState, type ReactNode } from 'react'
import type { StoredFile } from '../../files.ts'
import { useApi } from '../api-context.ts'
import { FailureNotice } from '../failures/failure-notice.tsx'
import { PageHeader } from '../pieces/page-header.tsx'
import { useTask } from '../pieces/use-task.ts'
import { useSession } from '../session/session-context.ts'
import { FileList } from './file-list.tsx'
import { keptFiles } from './kept-files.ts'
import { UploadArea } from './upload-area.tsx'

/** Stores files, and gets back those that were stored from this browser. */
export function FilesPage(): ReactNode {
  const { uploadFile } = useApi()
  const { user } = useSession()
  const kept = keptFiles(user.id, localStorage)
  const [files, setFiles] = useState(kept.read)
  const { failure, isRunning, run } = useTask()
  const [refused, setRefused] = useState('')
  function keep(next: readonly StoredFile[]): void {
    kept.write(next)
    setFiles(next)
  }
  async function upload(chosen: readonly File[]): Promise<void> {
    let stored = files
    for (const file of chosen) {
      setRefused(file.name)
      const isStored = await run(async () => {
        stored = [await uploadFile(file), ...stored]
        keep(stored)
      })
      if (!isStored) return
    }
  }
  return (
    <main className="page">
      <PageHeader title="Files" />
      <div className="page-body">
        <UploadArea isRunning={isRunning} onChosen={(chosen) => void upload(chosen)} />
        {failure && <FailureNotice what={`“${refused}” was not stored.`} failure={failure} />}
        <FileList files={files} onForget={(id) => keep(files.filter((file) => file.id !== id))} />
      </div>
    </main>
  )
}

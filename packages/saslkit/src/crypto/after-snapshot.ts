interface Host {
  readonly process?: { getBuiltinModule?(id: 'node:v8'): { readonly startupSnapshot?: StartupSnapshot } }
}

interface StartupSnapshot {
  /** Node says 1 and 0. */
  isBuildingSnapshot(): unknown
  addDeserializeCallback(callback: () => void): void
}

/**
 * Where this process is to become a startup snapshot, `forget` is called in each process that starts from it: whatever was
 * drawn before would be the same in all of them, and a recorded login could be played again.
 */
export function afterSnapshot(forget: () => void): void {
  const { startupSnapshot } = (globalThis as Host).process?.getBuiltinModule?.('node:v8') ?? {}
  if (isBuilding(startupSnapshot)) startupSnapshot?.addDeserializeCallback(forget)
}

function isBuilding(snapshot: StartupSnapshot | undefined): boolean {
  try {
    return Boolean(snapshot?.isBuildingSnapshot())
  } catch {
    return false // Deno has the function, which throws
  }
}

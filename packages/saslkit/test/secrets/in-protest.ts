/** What comes of it, or what it throws. */
export async function inProtest(work: () => unknown): Promise<unknown> {
  try {
    return await work()
  } catch (error) {
    return error
  }
}

export const ask = async (_prompt: string): Promise<string> => 'tanstaaftanstaaf'
export const kept = async (): Promise<string> => 'old'
export const refreshed = async (): Promise<string> => 'new'

/** A link or an image that leads into the repository. */
const INTO_THE_REPOSITORY = /(!?)\[([^\]]*)\]\((?![a-z]+:|#)([^)\s]+)\)/g

/**
 * The README as it is published. The package does not hold what its links lead to: they are made absolute where it is known where
 * the repository is, and where it is not, they are text.
 *
 * @param repository its address, as package.json has it: `git+https://github.com/owner/name.git`.
 */
export function publishedReadme(readme: string, repository: string | undefined): string {
  if (repository === undefined) {
    const text = readme.replace(INTO_THE_REPOSITORY, (_, image: string, name: string) => (image ? '' : name))
    return `${text.trimEnd()}\n\nPages that are named here without a link are in the repository.\n`
  }
  const address = repository.replace(/^git\+/, '').replace(/\.git$/, '')
  return readme.replace(
    INTO_THE_REPOSITORY,
    (_, image: string, name: string, path: string) =>
      `${image}[${name}](${address}/${image ? 'raw' : 'blob'}/HEAD/${path})`,
  )
}

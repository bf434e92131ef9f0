import Foundation
import SuiroCommand

// No command holds anything that an interrupt would have to put back, so the process ends at once, with the status
// that shells expect.
signal(SIGINT) { _ in _exit(130) }

let status = await Program.run(Array(CommandLine.arguments.dropFirst()), in: .process)
exit(status.rawValue)

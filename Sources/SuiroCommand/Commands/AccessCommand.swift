import ArgumentParser

struct AccessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "access",
        abstract: "Every path by which partners reach a customer / パートナーが顧客に到達できるすべての経路",
        subcommands: [AccessList.self, AccessCalendar.self, AccessUnused.self, AccessExtend.self, AccessRemove.self]
    )
}

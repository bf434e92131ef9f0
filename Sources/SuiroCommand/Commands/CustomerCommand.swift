import ArgumentParser

struct CustomerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: "Customers / 顧客",
        subcommands: [CustomerList.self, CustomerShow.self]
    )
}

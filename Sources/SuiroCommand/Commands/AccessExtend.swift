import ArgumentParser

struct AccessExtend: Act {
    static let configuration = CommandConfiguration(
        commandName: "extend",
        abstract: "Extend many relationships, each with its outcome / 関係をまとめて延長し、1 件ごとの結果を表示します",
        discussion: "suiro access extend --ending 60"
    )

    @Argument(help: "Ids of relationships / 関係の ID")
    var ids: [String] = []

    @ArgumentParser.Option(help: "All that end within so many days / この日数以内に終わるものすべて")
    var ending: Int?

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let client = try session.client()
        var wish: [JSON.Member] = []
        if !ids.isEmpty { wish.append(JSON.Member(name: "ids", value: .array(ids.map { .string($0) }))) }
        if let ending { wish.append(JSON.Member(name: "endingWithin", value: .number("\(ending)"))) }
        var job = try await client.send("POST", "/multichannel/v1/access/extensions", .object(wish))
        var rows = job["rows"].elements
        while let id = job["id"].text, let next = job["nextPosition"].text {
            let query = [QueryItem("position", next)]
            job = try await client.get("/multichannel/v1/access/extensions/\(id)", query: query)
            rows += job["rows"].elements
        }
        var sheet = Sheet(printer: session.printer, listing: .extensions)
        sheet.add(rows)
        sheet.finish()
    }
}

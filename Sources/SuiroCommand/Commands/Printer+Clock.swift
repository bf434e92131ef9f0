extension Printer {
    func clock(_ answer: JSON) {
        record(answer, as: Listing([Column("now", "now", .instant)], id: "now"))
    }
}

/// Something that an import did not take, and why.
package struct LeftOut: Hashable, Codable, Sendable {
    package enum Reason: String, Codable, CaseIterable, Sendable {
        /// The value is missing, or is not what belongs there.
        case required, malformed, notAGUID, wrongType, outOfRange, tooLong, unknownWord
        case endsBeforeStart, inTheFuture
        /// Nothing of the file is known: neither what it is, nor whose it is.
        case notRecognised, notTaken, noCustomer, unknownCustomer
        /// Its customer was left out, and it with the customer.
        case customerLeftOut
        /// Another organization has the domain.
        case domainTaken
        /// The same id is told twice, and not the same of it.
        case duplicate
        case heldByAnotherCustomer
        /// It is here already, with another value.
        case differs
        case nameTaken
        /// The id is one of an organization that is no customer.
        case notACustomer
        /// The partner is no reseller of this customer.
        case noRelationship
        /// The customer has ended its relationship with the partner here.
        case relationshipEnded
        /// The customer has people here, who decide whom they let in.
        case customerDecides
        case unknownTemplate, unknownParent
        /// What is under way, or was taken back at a time that is not told.
        case notCompleted
        case lineWithoutSubscription
        case conflict
    }

    package let file: String
    /// `item 3` or `line 7`; empty for the whole file.
    package let place: String
    /// What it is, by the word of `DumpKind`; `file` for a whole file.
    package let kind: String
    package let field: String
    package let value: String
    package let reason: Reason
    /// Whether all of it was left out; otherwise it was taken without this field.
    package let isWhole: Bool

    package init(
        file: String,
        place: String,
        kind: String,
        field: String,
        value: String,
        reason: Reason,
        isWhole: Bool
    ) {
        (self.file, self.place, self.kind, self.field) = (file, place, kind, field)
        // What a terminal or a table would take for more than text is not repeated.
        let plain = value.unicodeScalars.map { scalar -> Character in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        self.value = String(String(plain).prefix(200))
        (self.reason, self.isWhole) = (reason, isWhole)
    }
}

import ArgumentParser

struct RelationshipCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "relationship",
        abstract: "Relationship requests / 関係の要求",
        subcommands: [
            RelationshipRequest.self, RelationshipList.self, RelationshipShow.self, RelationshipRemind.self,
            RelationshipWithdraw.self, RelationshipApprove.self, RelationshipDecline.self,
        ]
    )
}

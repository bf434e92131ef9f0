import ArgumentParser

struct MoveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Moves between channels and partners / 販売経路やパートナーの間の切り替え",
        subcommands: [
            MovePlan.self, MoveRequest.self, MoveList.self, MoveStatus.self, MoveApprove.self, MoveDecline.self,
            MoveDone.self, MoveWithdraw.self, MoveRenew.self, MoveCalendar.self, LeftoverList.self,
            LeftoverResolve.self,
        ],
        // The word people look for when they change the partner.
        aliases: ["switch"]
    )
}

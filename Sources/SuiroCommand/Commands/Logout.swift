import ArgumentParser

struct Logout: Act {
    static let configuration = CommandConfiguration(
        abstract: "Forget the kept sign-in / 保存したサインインを削除します",
        discussion: "suiro logout"
    )

    @OptionGroup(title: "Global options / 共通のオプション") var globals: GlobalOptions

    func run(in session: Session) async throws {
        let path = Profile.path(in: session.surroundings)
        let wasThere = try Profile.remove(at: path)
        session.printer.say(wasThere ? "logout.done" : "logout.nothing", ["path": path])
    }
}

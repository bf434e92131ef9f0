import HTTPTypes
import SuiroDomain
import SuiroHTTP
import SuiroService

/// Moves between channels and partners: preview, ask, agree, carry out (contract, section 3).
extension Operation {
    private static let customer = "/multichannel/v1/customers/{customer_id}"
    private static let one = "/multichannel/v1/moves/{move_id}"

    static let moves: [Operation] = asking + deciding + leaving

    private static let asking: [Operation] = [
        Operation("multichannel.moves.preview", .post, customer + "/movepreviews") { call in
            let fields = try call.fields()
            let view = try await call.service.previewMove(
                MoveWish(fields),
                of: call.id("customer_id", .customer),
                edition: fields.whole("edition", in: 1...1_000_000),
                at: fields.instant("at"),
                call.context
            )
            return Reply.json { writePreview(view.preview, terms: view.termsHash, call, to: &$0) }
        },
        Operation("multichannel.moves.create", .post, customer + "/moves") { call in
            let view = try await call.service.requestMove(
                MoveWish(call.fields()),
                of: call.id("customer_id", .customer),
                call.context
            )
            return Reply.json(.created) { writeMove(view, call, to: &$0) }
        },
        Operation("multichannel.moves.ofCustomer", .get, customer + "/moves") { call in
            let views = try await call.service.moves(of: call.id("customer_id", .customer), call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeMove(view, call, to: &$0) }
            }
        },
        Operation("multichannel.moves.list", .get, "/multichannel/v1/moves") { call in
            let views = try await call.service.moves(role: call.moveRole, state: call.moveState, call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeMove(view, call, to: &$0) }
            }
        },
        Operation("multichannel.moves.get", .get, one) { call in
            let view = try await call.service.move(call.id("move_id", .move), call.context)
            return Reply.json { writeMove(view, call, to: &$0) }
        },
        Operation("multichannel.moves.calendar", .get, one + "/calendar") { call in
            let calendar = try await call.service.calendar(of: call.id("move_id", .move), call.context)
            return Reply(
                .ok,
                headers: [
                    .contentType: "text/calendar; charset=utf-8",
                    .contentDisposition: "attachment; filename=\"suiro-\(call.text("move_id")).ics\"",
                ],
                body: Array(calendar.text.utf8)
            )
        },
    ]

    private static let deciding: [Operation] = [
        Operation("multichannel.moves.consent", .post, one + "/consents", .userOnly) { call in
            let view = try await call.service.answerMove(
                call.id("move_id", .move),
                MoveAnswer(call.fields()),
                call.context
            )
            return Reply.json { writeMove(view, call, to: &$0) }
        },
        Operation("multichannel.moves.step", .post, one + "/steps/{step}") { call in
            guard let step = MoveStep.allCases.first(where: { $0.rawValue.folded == call.text("step").folded }) else {
                throw Refusal.notFound(.step, String(call.text("step").prefix(80)))
            }
            let view = try await call.service.doStep(
                step,
                of: call.id("move_id", .move),
                StepInput(call.optionalFields()),
                call.context
            )
            return Reply.json { writeMove(view, call, to: &$0) }
        },
        Operation("multichannel.moves.withdraw", .post, one + "/withdrawal") { call in
            let view = try await call.service.withdrawMove(
                call.id("move_id", .move),
                reason: call.optionalFields().text("reason", limit: 500),
                call.context
            )
            return Reply.json { writeMove(view, call, to: &$0) }
        },
        Operation("multichannel.moves.renew", .post, one + "/renewal") { call in
            let view = try await call.service.renewMove(call.id("move_id", .move), call.context)
            return Reply.json(.created) { writeMove(view, call, to: &$0) }
        },
    ]

    private static let leaving: [Operation] = [
        Operation("multichannel.leftovers.list", .get, customer + "/leftovers") { call in
            let views = try await call.service.leftovers(in: call.id("customer_id", .customer), call.context)
            return Page(views, of: call).reply(call) { writer, view in
                writer.object { writeLeftover(view, call, to: &$0) }
            }
        },
        Operation(
            "multichannel.leftovers.resolve",
            .post,
            customer + "/leftovers/{leftover_id}/resolution",
            .userOnly
        ) { call in
            let fields = try call.optionalFields()
            let view = try await call.service.resolveLeftover(
                call.id("leftover_id", .leftover),
                in: call.id("customer_id", .customer),
                try LeftoverDecision(fields),
                reason: fields.text("reason", limit: 500),
                isImmediate: fields.flag("immediate") ?? false,
                call.context
            )
            return Reply.json { writeLeftover(view, call, to: &$0) }
        },
    ]
}

extension LeftoverDecision {
    /// Without a word: removed. It is what leftovers are for.
    fileprivate init(_ fields: Fields) throws {
        let said = [try fields.text("decision"), try fields.text("resolution"), try fields.text("action")]
        let text = said.compactMap(\.self).first
        switch text?.folded {
        case nil, "remove", "removed": self = .remove
        case "signoff", "signedoff", "keep", "accept": self = .signOff
        case .some: throw BadInput("decision", .unknown, text)
        }
    }
}

extension Call {
    /// `role=incoming|outgoing`: coming to the caller, or going from it.
    fileprivate var moveRole: MoveParty? {
        get throws {
            guard let text = exchange.query["role"], !text.isEmpty else { return nil }
            switch text.folded {
            case "incoming": return .target
            case "outgoing": return .source
            default: throw BadInput("role", .unknown, text)
            }
        }
    }

    fileprivate var moveState: MoveState? {
        get throws {
            guard let text = exchange.query["state"], !text.isEmpty else { return nil }
            guard let state = MoveState.allCases.first(where: { $0.rawValue.folded == text.folded }) else {
                throw BadInput("state", .unknown, text)
            }
            return state
        }
    }
}

import SuiroDomain
import SuiroStore

extension StoreMeter.Reading {
    /// In the text form that Prometheus reads.
    var lines: [String] {
        gauge("suiro_store_writes_waiting", "Writes that were asked for and are not answered yet.", waiting)
            + histogram("suiro_store_batch_size", "Writes that shared a commit.", batch)
            + histogram("suiro_store_commit_seconds", "Time from a commit's first statement to the disk.", commit)
            + histogram("suiro_store_connection_wait_seconds", "Time waited for an idle connection.", lane)
            + [
                "# HELP suiro_store_retries_total Transactions that the database asked to be run again.",
                "# TYPE suiro_store_retries_total counter", "suiro_store_retries_total \(retries)",
                "# HELP suiro_store_replica_reads_total Reads that a replica might have answered, by what came of it.",
                "# TYPE suiro_store_replica_reads_total counter",
            ]
            + StoreMeter.ReplicaOutcome.allCases.map { outcome in
                "suiro_store_replica_reads_total{outcome=\"\(outcome.rawValue)\"} \(replica[outcome] ?? 0)"
            }
    }

    private func gauge(_ name: String, _ help: String, _ value: Int) -> [String] {
        ["# HELP \(name) \(help)", "# TYPE \(name) gauge", "\(name) \(value)"]
    }

    private func histogram(_ name: String, _ help: String, _ values: StoreMeter.Histogram) -> [String] {
        ["# HELP \(name) \(help)", "# TYPE \(name) histogram"]
            + zip(values.bounds, values.counts).map { "\(name)_bucket{le=\"\($0)\"} \($1)" }
            + [
                "\(name)_bucket{le=\"+Inf\"} \(values.count)", "\(name)_sum \(values.sum)",
                "\(name)_count \(values.count)",
            ]
    }
}

extension LogArchive.Reading {
    /// In the text form that Prometheus reads.
    func lines(at now: Instant) -> [String] {
        let age = keptAt.map { "\(Double(now.milliseconds - $0.milliseconds) / 1000)" } ?? "+Inf"
        return [
            "# HELP suiro_archive_age_seconds Time since everything that was committed had been copied to the archive.",
            "# TYPE suiro_archive_age_seconds gauge", "suiro_archive_age_seconds \(age)",
            "# HELP suiro_archive_segments_total Pieces of the log that this process has copied.",
            "# TYPE suiro_archive_segments_total counter", "suiro_archive_segments_total \(segments)",
            "# HELP suiro_archive_log_pages Pages in the log that are not in the database yet.",
            "# TYPE suiro_archive_log_pages gauge", "suiro_archive_log_pages \(frames)",
        ]
    }
}

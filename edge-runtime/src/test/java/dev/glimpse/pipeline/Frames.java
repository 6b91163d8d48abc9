package dev.glimpse.pipeline;

import dev.glimpse.ladder.LadderSettings;
import dev.glimpse.ledger.Partition;
import dev.glimpse.ledger.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Frames and limits for tests. */
final class Frames {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    static final LadderSettings LADDER = new LadderSettings(0, 2, 1000, 100, 1000, 50, 1000);

    private Frames() {}

    static Limits limits(int mailbox, int batch) {
        return new Limits(mailbox, batch, 1, 64, 256, 1024, 2000, 60_000, 4);
    }

    static Frame frame(String camera, long offset, int bytes) {
        return frame(camera, offset, bytes, NOW.plusSeconds(2));
    }

    static Frame frame(String camera, long offset, int bytes, Instant deadline) {
        byte[] encoded = new byte[bytes];
        encoded[0] = (byte) offset;
        return new Frame(
                new Position(new Partition("frames", 0), offset),
                1,
                camera,
                camera + "/" + offset,
                encoded,
                NOW,
                NOW,
                deadline,
                Optional.empty(),
                List.of(),
                System.nanoTime());
    }
}

package org.tenderpoint.durability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** What a client sent and what it was told, line by line in a file, written before each request and after each answer. */
final class Journal {

    /**
     * One Bundle.
     *
     * @param sent its text
     * @param told the ids of the answer; none where no answer came
     */
    record Line(String sent, Optional<List<String>> told) {}

    private final Path file;
    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();

    Journal(Path file) {
        this.file = file;
    }

    void sending(String number, String bundle) {
        lines.put(number, new Line(bundle, Optional.empty()));
        append("sending " + number);
    }

    void acknowledged(String number, List<String> ids) {
        lines.computeIfPresent(number, (key, line) -> new Line(line.sent(), Optional.of(ids)));
        append("acknowledged " + number + " " + String.join(" ", ids));
    }

    Map<String, Line> lines() {
        return Map.copyOf(lines);
    }

    long acknowledged() {
        return lines.values().stream().filter(line -> line.told().isPresent()).count();
    }

    private synchronized void append(String line) {
        try {
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

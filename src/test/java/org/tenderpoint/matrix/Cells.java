package org.tenderpoint.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A row of the access matrix.
 *
 * @param row its number, or {@code given} for something that happens between rows
 * @param operation what is done
 * @param request method, path below {@code /fhir} (behind {@code ^} below the root), body, and a header
 * @param cells by actor: a status; behind it the resources of the seed that the answer holds, {@code =n} for a total, or
 *     the statuses of a batch's entries
 * @param offered {@code yes}, or what is missing
 * @param audit how many rows it leaves in the audit
 */
record Cells(String row, String operation, String request, Map<String, String> cells, String offered, String audit) {

    private static final int BEFORE_ACTORS = 3;
    private static final int BEHIND_ACTORS = 2;

    static List<Cells> all() {
        try {
            var lines = Files.readAllLines(Path.of("src/test/resources/access/matrix.csv"));
            var head = lines.get(0).split(";", -1);
            var rows = new ArrayList<Cells>();
            for (var line : lines.subList(1, lines.size())) {
                var columns = line.split(";", -1);
                var cells = new LinkedHashMap<String, String>();
                for (int i = BEFORE_ACTORS; i < head.length - BEHIND_ACTORS; i++) {
                    cells.put(head[i], columns[i]);
                }
                rows.add(new Cells(
                        columns[0], columns[1], columns[2], cells, columns[head.length - 2], columns[head.length - 1]));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isGiven() {
        return row.equals("given");
    }

    /** The row as the docs show it. */
    String documented() {
        return "| " + row + " | " + operation + " | "
                + (isGiven() ? "" : "`" + request.replace("|", "\\|") + "`")
                + cells.values().stream().map(cell -> " | " + cell).collect(Collectors.joining())
                + " | " + offered + " |";
    }
}

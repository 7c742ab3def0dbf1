package org.tenderpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.access.Sealing;

/**
 * Entries of the audit as lines of a file: sealed, so that a line says nothing to whoever finds it and nobody can write
 * one; by the names of the columns, so that a later version of the server reads it.
 */
final class JournalEntries {

    private static final String PURPOSE = "audit journal";
    private static final int ROOM = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sealing sealing;

    /** @param run of the server that writes the lines, which has a key of its own */
    JournalEntries(Sealing sealing, String run) {
        this.sealing = sealing.of(PURPOSE + " " + run);
    }

    /** @param row the values of {@link AuditRows#COLUMNS} */
    byte[] line(@Nullable Object[] row) {
        return (sealing.seal(PURPOSE, json(row)) + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] json(@Nullable Object[] row) {
        var bytes = new ByteArrayOutputStream(ROOM);
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (int i = 0; i < row.length; i++) {
                var value = row[i];
                if (value != null) {
                    json.writeFieldName(AuditRows.COLUMNS.get(i).getName());
                    if (value instanceof Long number) {
                        json.writeNumber(number);
                    } else if (value instanceof Integer number) {
                        json.writeNumber(number);
                    } else if (value instanceof Long[] numbers) {
                        json.writeStartArray();
                        for (var number : numbers) {
                            json.writeNumber(number);
                        }
                        json.writeEndArray();
                    } else {
                        json.writeString(value.toString());
                    }
                }
            }
            json.writeEndObject();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    /** The row that a line, without its end, was made of; empty where it is no line of ours. */
    Optional<@Nullable Object[]> row(String line) {
        return sealing.open(PURPOSE, line).map(plain -> {
            try {
                var read = JSON.readTree(plain);
                return AuditRows.COLUMNS.stream()
                        .map(column -> value(column, read.get(column.getName())))
                        .toArray();
            } catch (IOException sealedByUs) {
                throw new UncheckedIOException(sealedByUs);
            }
        });
    }

    private static @Nullable Object value(Field<?> column, @Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        var type = column.getType();
        if (type == Long.class) {
            return value.longValue();
        }
        if (type == Integer.class) {
            return value.intValue();
        }
        if (type == UUID.class) {
            return UUID.fromString(value.textValue());
        }
        if (type == OffsetDateTime.class) {
            return OffsetDateTime.parse(value.textValue());
        }
        if (type == Long[].class) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::longValue)
                    .toArray(Long[]::new);
        }
        return value.textValue();
    }
}

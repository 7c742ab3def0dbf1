package org.tenderpoint.demo;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the demonstration's JSON files. A list, map or text that is left out is empty. */
final class DemoData {

    private static final ObjectMapper MAPPER = mapper();

    private DemoData() {}

    static <T> T read(String file, Class<T> as) {
        try (var json = Objects.requireNonNull(DemoData.class.getResourceAsStream(file), file)) {
            return MAPPER.readValue(json, as);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ObjectMapper mapper() {
        var emptyWhereAbsent = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        var mapper = JsonMapper.builder()
                .findAndAddModules()
                .withConfigOverride(List.class, type -> type.setSetterInfo(emptyWhereAbsent))
                .withConfigOverride(Map.class, type -> type.setSetterInfo(emptyWhereAbsent))
                .withConfigOverride(String.class, type -> type.setSetterInfo(emptyWhereAbsent));
        return mapper.build();
    }
}

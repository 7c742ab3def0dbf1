package org.tenderpoint.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/** All types that the chart keeps. What is not here does not exist for a client. */
public final class RecordTypes {

    private static final Map<String, RecordType<?>> BY_NAME = byName();

    private RecordTypes() {}

    /** All types, in a stable order. */
    public static List<RecordType<?>> all() {
        return List.copyOf(BY_NAME.values());
    }

    public static Optional<RecordType<?>> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** @throws Refused 404 where the chart does not keep such resources */
    public static RecordType<?> require(String name) {
        return find(name)
                .orElseThrow(() -> new Refused(
                        404,
                        List.of(Issue.notSupported(
                                "type-not-supported", "This server keeps no " + Issue.echo(name) + " resources."))));
    }

    private static Map<String, RecordType<?>> byName() {
        var types = new LinkedHashMap<String, RecordType<?>>();
        Stream.of(
                        DirectoryTypes.ALL,
                        PatientTypes.ALL,
                        WorkflowTypes.ALL,
                        ClinicalTypes.ALL,
                        VisitTypes.ALL,
                        DocumentTypes.ALL)
                .flatMap(List::stream)
                .forEach(type -> types.put(type.name(), type));
        return types;
    }
}

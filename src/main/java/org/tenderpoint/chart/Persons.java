package org.tenderpoint.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.tenderpoint.chart.Tables.IndexTable;
import org.tenderpoint.chart.Tables.ResourceTable;

/**
 * Who somebody with an account is in the record. It takes no caller, because it is asked before there is one; ids and a yes
 * or no are all that comes out.
 */
public final class Persons {

    private static final Set<String> TYPES = Set.of("Practitioner", "Patient", "RelatedPerson");
    private static final ResourceTable R = ResourceTable.RESOURCE;

    private final DSLContext sql;
    private final ParamIds paramIds;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();

    Persons(DSLContext sql, ParamIds paramIds, Clock clock) {
        this.sql = sql;
        this.paramIds = paramIds;
        this.clock = clock;
    }

    /**
     * The one person of a type with an id or an identifier, if she is in use.
     *
     * @param key an id, or {@code system|value}
     */
    public Optional<UUID> find(String type, String key) {
        if (!TYPES.contains(type)) {
            return Optional.empty();
        }
        var bar = key.indexOf('|');
        if (bar < 0) {
            return id(key).filter(id -> isActive(type, id));
        }
        var token = new IndexTable("index_token", "t");
        var found = sql.select(R.fhirId)
                .from(R.table)
                .join(token.table)
                .on(token.resourcePk.eq(R.pk))
                .where(token.param.eq(paramIds.id(type, "identifier")))
                .and(token.system.eq(key.substring(0, bar)))
                .and(token.code.eq(IndexRows.cut(key.substring(bar + 1), IndexRows.LONGEST_TOKEN)))
                .and(DSL.not(R.deleted))
                .limit(2)
                .fetch(R.fhirId);
        return found.size() == 1 ? Optional.of(found.get(0)).filter(id -> isActive(type, id)) : Optional.empty();
    }

    /** True while a PractitionerRole that is in use joins the two. */
    public boolean worksAt(UUID practitioner, UUID organization) {
        var who = new IndexTable("index_reference", "w");
        var where = new IndexTable("index_reference", "o");
        var person = ResourceTable.resource("p");
        var firm = ResourceTable.resource("f");
        return sql
                .select(R.body)
                .from(R.table)
                .join(who.table)
                .on(who.resourcePk.eq(R.pk))
                .and(who.param.eq(paramIds.id("PractitionerRole", "practitioner")))
                .join(person.table)
                .on(person.pk.eq(who.targetPk))
                .join(where.table)
                .on(where.resourcePk.eq(R.pk))
                .and(where.param.eq(paramIds.id("PractitionerRole", "organization")))
                .join(firm.table)
                .on(firm.pk.eq(where.targetPk))
                .where(person.fhirId.eq(practitioner))
                .and(firm.fhirId.eq(organization))
                .and(DSL.not(R.deleted))
                .fetch(R.body)
                .stream()
                .anyMatch(this::isInUse);
    }

    /** The patient for whom a RelatedPerson acts. */
    public Optional<UUID> patientOf(UUID relatedPerson) {
        var reference = body("RelatedPerson", relatedPerson)
                .filter(this::isInUse)
                .map(body -> tree(body).at("/patient/reference").asText(""))
                .orElse("");
        return reference.startsWith("Patient/")
                ? id(reference.substring("Patient/".length())).filter(id -> isActive("Patient", id))
                : Optional.empty();
    }

    private boolean isActive(String type, UUID id) {
        return body(type, id).filter(this::isInUse).isPresent();
    }

    private Optional<byte[]> body(String type, UUID id) {
        return sql.select(R.body)
                .from(R.table)
                .where(R.fhirId.eq(id))
                .and(R.type.eq(type))
                .and(DSL.not(R.deleted))
                .fetchOptional(R.body);
    }

    private boolean isInUse(byte[] body) {
        var resource = tree(body);
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
        var start = resource.at("/period/start").asText("");
        var end = resource.at("/period/end").asText("");
        // Dates of FHIR compare as texts as far as they go; a day, month or year that is not over counts whole.
        return resource.path("active").asBoolean(true)
                && (start.isEmpty() || start.compareTo(today + "T99") <= 0)
                && (end.isEmpty() || end.compareTo(today.substring(0, Math.min(end.length(), today.length()))) >= 0);
    }

    private JsonNode tree(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }
}

package org.tenderpoint.matrix;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.TokenHolder;

/** Who asks in the matrix, and what is theirs. */
final class Actors {

    private static final List<String> OF_SOUTH = List.of("TB", "E2", "IB", "P2");

    private final Seed seed;
    private final Map<String, Client> clients = new LinkedHashMap<>();

    Actors(Seed seed) {
        this.seed = seed;
        var server = seed.server();
        clients.put("TA", server.as("north"));
        clients.put("TB", server.as("south"));
        clients.put("E1", server.as("e1"));
        clients.put("E2", server.as("e2"));
        clients.put("IA", server.as("payer"));
        clients.put("IB", server.as("other-payer"));
        clients.put("PT", server.as(TokenHolder.patient(seed.id("P1"), "patient/*.cruds")));
        clients.put("AN", server.anonymous());
        clients.put("RV", server.as(new TokenHolder("revoked-client", null, null, null, null, "system/*.cruds")));
        clients.put(
                "TA2",
                server.as(TokenHolder.practitioner("Practitioner/ta2", "CLINIC", seed.id("north"), "user/*.cruds")));
        clients.put(
                "PO",
                server.as(new TokenHolder(
                        TokenHolder.APP, "Practitioner/po", "PRIVACY_OFFICER", null, null, "user/*.cruds")));
        clients.put("P2", server.as(TokenHolder.patient(seed.id("P2"), "user/*.cruds")));
        clients.put(
                "PX",
                server.as(new TokenHolder(
                        TokenHolder.APP,
                        "RelatedPerson/" + seed.id("RP1"),
                        "PATIENT",
                        null,
                        seed.id("P1"),
                        "patient/*.cruds")));
        clients.put("ADM", server.as("admin"));
        clients.put("E1RO", server.as("e1-ro"));
        clients.put("E1SV", server.as("e1-survey"));
    }

    Client client(String actor) {
        return Objects.requireNonNull(clients.get(actor), actor);
    }

    /** P1 for whoever works at or with North, P2 for the others. */
    static String patient(String actor) {
        return OF_SOUTH.contains(actor) ? "P2" : "P1";
    }

    static String otherPatient(String actor) {
        return OF_SOUTH.contains(actor) ? "P1" : "P2";
    }

    /** In whose name an actor speaks. */
    static String organization(String actor) {
        return switch (actor) {
            case "TB" -> "south";
            case "E1", "E1RO", "E1SV" -> "e1";
            case "E2" -> "e2";
            case "IA" -> "payer";
            case "IB" -> "other-payer";
            default -> "north";
        };
    }

    /** What an actor may change, as far as it may change anything. */
    static String own(String actor) {
        return switch (actor) {
            case "TA", "TA2" -> "Observation/{O3}";
            case "TB" -> "Observation/{O2}";
            case "E1", "E1RO" -> "Condition/{CD1}";
            case "E2" -> "Condition/{CD2}";
            default -> "Observation/{O1}";
        };
    }

    /** The names of the resources that an actor never hears of, unless it names them itself. */
    List<String> hiddenFrom(String actor) {
        var ofSouth = List.of("P2", "CD2", "C2", "SR2", "T2", "En2", "O2");
        var ofNorth = List.of(
                "P1", "CD1", "C1", "SR1", "T1", "En1", "O1", "OS1", "B1", "D1", "S1", "TS1", "TS2", "M1", "M2", "M3",
                "K1", "RP1", "P3", "O3", "G1");
        return switch (actor) {
            case "TA", "TA2" -> ofSouth;
            case "PT", "PX" ->
                Stream.concat(ofSouth.stream(), Stream.of("P3", "O3")).toList();
            case "E1", "E1RO", "E1SV" ->
                Stream.concat(
                                ofSouth.stream(),
                                Stream.of("OS1", "B1", "D1", "TS1", "TS2", "M2", "M3", "K1", "C1", "P3", "O3", "G1"))
                        .toList();
            case "IA" ->
                Stream.concat(
                                ofSouth.stream(),
                                Stream.of("OS1", "B1", "D1", "S1", "M1", "O1", "En1", "K1", "P3", "O3", "G1"))
                        .toList();
            case "TB", "E2", "IB", "P2" -> ofNorth;
            default -> Stream.concat(ofSouth.stream(), ofNorth.stream()).toList();
        };
    }
}

package org.tenderpoint.admin;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jooq.JooqAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.admin.AdminActs.Impossible;
import org.tenderpoint.audit.AuditProperties;
import org.tenderpoint.audit.AuditedEvents;
import org.tenderpoint.chart.AuditConfiguration;
import org.tenderpoint.chart.AuditPurge;
import org.tenderpoint.chart.AuditSeals;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.ChartConfiguration;
import org.tenderpoint.endpoint.EndpointApprovals;
import org.tenderpoint.identity.Clients;
import org.tenderpoint.identity.Grants;
import org.tenderpoint.identity.Links;
import org.tenderpoint.identity.People;
import org.tenderpoint.identity.SecurityEvents;
import org.tenderpoint.identity.Sessions;
import org.tenderpoint.identity.SignIns;
import org.tenderpoint.identity.SigningKeys;

/**
 * The administrator's acts as commands, for an installation that has no administrator yet:
 * {@code java -jar tenderpoint.jar register-client client.json}. They work on the database of the settings, beside running
 * servers where that is PostgreSQL.
 */
public final class AdminCommands {

    private static final Set<String> COMMANDS = Set.of(
            "register-client",
            "revoke-client",
            "list-clients",
            "register-person",
            "rotate-keys",
            "replace-keys",
            "verify-audit",
            "purge-audit",
            "hold-audit",
            "release-audit",
            "list-holds",
            "list-endpoints",
            "approve-endpoint",
            "refuse-endpoint");

    /** Those that read and write the record, which takes longer to open. */
    private static final Set<String> ON_THE_RECORD = Set.of("list-endpoints", "approve-endpoint", "refuse-endpoint");

    private static final String BY = "command";
    private static final Caller CALLER = new Caller(BY, Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM);

    private AdminCommands() {}

    /** The database and what is known of clients and keys, and nothing that listens. */
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JooqAutoConfiguration.class,
        FlywayAutoConfiguration.class
    })
    @ComponentScan("org.tenderpoint.identity")
    @Import({AuditConfiguration.class, AuditedEvents.class})
    @ConfigurationPropertiesScan({"org.tenderpoint.identity", "org.tenderpoint.smart", "org.tenderpoint.audit"})
    static class Desk {

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        PeopleActs peopleActs(People people, SignIns signIns, Sessions sessions, Grants grants, Links links) {
            return new PeopleActs(people, signIns, sessions, grants, links);
        }

        @Bean
        AdminActs acts(Clients clients, SigningKeys keys, Environment environment) {
            return new AdminActs(clients, keys, environment);
        }

        @Bean
        AuditActs auditActs(AuditSeals seals, AuditPurge purge) {
            return new AuditActs(seals, purge);
        }
    }

    /** The same, and the record. */
    @Import({Desk.class, ChartConfiguration.class})
    static class RecordDesk {

        @Bean
        EndpointActs endpointActs(Chart chart, FhirContext fhir) {
            return new EndpointActs(new EndpointApprovals(chart, fhir));
        }

        @Bean
        FhirContext fhirContext() {
            return FhirContext.forR4Cached();
        }
    }

    /** True where the arguments begin with a command and not with settings. */
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0 && COMMANDS.contains(arguments[0]);
    }

    /**
     * Carries a command out and prints its answer.
     *
     * @return the exit code: 0, or 1 where it could not be carried out
     */
    public static int run(String[] arguments) {
        // The answer may hold a new secret, which belongs on the screen of whoever asked and in no log.
        try (var screen = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            return run(arguments, screen);
        }
    }

    static int run(String[] arguments, PrintStream screen) {
        try (var context = new SpringApplicationBuilder(
                        ON_THE_RECORD.contains(arguments[0]) ? RecordDesk.class : Desk.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false)
                .run(withoutJournal(arguments))) {
            try {
                screen.println(act(context, List.of(arguments)));
                events(context).succeeded("administration", null, BY, arguments[0]);
                return 0;
            } catch (Impossible | IOException refused) {
                events(context).refused("administration", null, BY, arguments[0]);
                screen.println(refused.getMessage());
                return 1;
            }
        }
    }

    /** A command is run from any folder, by an account that may not be the server's: it leaves no file there. */
    private static String[] withoutJournal(String[] arguments) {
        var all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--tenderpoint.chart.reads-wait-for-disk=true";
        return all;
    }

    private static SecurityEvents events(ApplicationContext context) {
        return context.getBean(SecurityEvents.class);
    }

    private static String act(ApplicationContext context, List<String> arguments) throws IOException {
        var acts = context.getBean(AdminActs.class);
        var json = JsonMapper.builder().build();
        switch (arguments.get(0)) {
            case "register-client":
                return acts.register(json.readTree(Files.readString(Path.of(argument(arguments)))), BY)
                        .toPrettyString();
            case "revoke-client":
                acts.revoke(argument(arguments), BY);
                return "revoked";
            case "register-person":
                return context.getBean(PeopleActs.class)
                        .register(json.readTree(Files.readString(Path.of(argument(arguments)))), BY)
                        .toPrettyString();
            case "list-clients":
                return acts.list().toPrettyString();
            case "verify-audit":
                return verified(context.getBean(AuditActs.class), arguments);
            case "purge-audit":
                return context.getBean(AuditActs.class)
                        .purge(context.getBean(AuditProperties.class).keepYears(), word(arguments, 1), BY)
                        .toPrettyString();
            case "hold-audit":
                return context.getBean(AuditActs.class)
                        .hold(argument(arguments), Objects.requireNonNullElse(word(arguments, 2), ""), BY)
                        .toPrettyString();
            case "release-audit":
                context.getBean(AuditActs.class).release(argument(arguments), BY);
                return "released";
            case "list-holds":
                return context.getBean(AuditActs.class).holds().toPrettyString();
            case "list-endpoints":
                return context.getBean(EndpointActs.class).list(CALLER).toPrettyString();
            case "approve-endpoint":
                return context.getBean(EndpointActs.class)
                        .approve(CALLER, argument(arguments))
                        .toPrettyString();
            case "refuse-endpoint":
                return context.getBean(EndpointActs.class)
                        .refuse(CALLER, argument(arguments))
                        .toPrettyString();
            case "rotate-keys":
                acts.rotateKeys(false);
                return "the next key signs from an hour from now";
            default:
                acts.rotateKeys(true);
                return "the keys are new, and every token that was out has ended";
        }
    }

    /** @throws Impossible with the answer where something was tampered with, so that a script sees it by the exit code */
    private static String verified(AuditActs audit, List<String> arguments) {
        var verdict = audit.verify(word(arguments, 1));
        if (!verdict.path("problems").isEmpty()) {
            throw new Impossible(verdict.toPrettyString());
        }
        return verdict.toPrettyString();
    }

    private static String argument(List<String> arguments) {
        var word = word(arguments, 1);
        if (word == null) {
            throw new Impossible(arguments.get(0) + " needs one argument more: see docs/smart.md and docs/security.md");
        }
        return word;
    }

    /** A word of the command; none where the settings begin there. */
    private static @Nullable String word(List<String> arguments, int at) {
        return arguments.size() > at && !arguments.get(at).startsWith("--") ? arguments.get(at) : null;
    }
}

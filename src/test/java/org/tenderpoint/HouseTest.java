package org.tenderpoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.rest.annotation.Operation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;
import org.tenderpoint.access.AccessRule;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.server.FhirProvider;

/** The rooms of the house, and what holds in all of them. */
class HouseTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.tenderpoint");

    @Test
    void roomsUseOnlyTheRoomsTheyName() {
        ApplicationModules.of(Tenderpoint.class).verify();
    }

    @Test
    void onlyTheChartAndTheRegisterOfWhoIsKnownKnowSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tenderpoint.chart..", "org.tenderpoint.identity..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jooq..", "java.sql..", "javax.sql..", "org.springframework.jdbc.core..")
                .check(HOUSE);
    }

    @Test
    void theChartKnowsNothingOfMassage() {
        noClasses()
                .that()
                .resideInAPackage("org.tenderpoint.chart..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.tenderpoint.server..",
                        "org.tenderpoint.referral..",
                        "org.tenderpoint.observation..",
                        "org.tenderpoint.encounter..")
                .check(HOUSE);
    }

    @Test
    void nobodyUsesHapisStorage() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir.jpa..", "org.hibernate.Session..", "javax.xml.transform..")
                .check(HOUSE);
    }

    @Test
    void collaboratorsComeThroughTheConstructor() {
        noFields().should().beAnnotatedWith(Autowired.class).check(HOUSE);
    }

    @Test
    void suffixesMeanWhatTheySay() {
        classes()
                .that()
                .implement(FhirProvider.class)
                .should()
                .haveSimpleNameEndingWith("Provider")
                .andShould()
                .bePublic()
                .check(HOUSE);
        classes()
                .that()
                .areAnnotatedWith(Interceptor.class)
                .should()
                .haveSimpleNameEndingWith("Interceptor")
                .check(HOUSE);
    }

    @Test
    void everyOperationIsNamedByAnAccessRule() {
        methods()
                .that()
                .areAnnotatedWith(Operation.class)
                .should(new ArchCondition<JavaMethod>("be named in AccessRule.operations()") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        var name = method.getAnnotationOfType(Operation.class).name();
                        if (!AccessRule.operations().contains(name)) {
                            events.add(SimpleConditionEvent.violated(
                                    method, name + " is open to nobody and to everybody"));
                        }
                    }
                })
                .allowEmptyShould(true)
                .check(HOUSE);
    }

    @Test
    void everyTypeThatSomebodyMayTouchIsOneTheChartKeeps() {
        var kept = RecordTypes.all().stream().map(type -> type.name()).toList();

        var ruled = AccessRule.ALL.stream()
                .flatMap(rule -> rule.types().stream())
                .distinct()
                // Read from the audit, which is no part of the record.
                .filter(type -> !type.equals("AuditEvent"))
                .toList();

        assertThat(kept).containsAll(ruled);
    }

    @Test
    void nothingIsPrintedPastTheLog() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(HOUSE);
    }
}

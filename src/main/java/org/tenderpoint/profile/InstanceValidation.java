package org.tenderpoint.profile;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport.IssueSeverity;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ValidationOptions;
import ca.uhn.fhir.validation.ValidationResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * HAPI's instance validator with R4 and our own profiles. Its definitions take seconds to load and much memory, so they
 * are read when somebody first asks, and a check costs two hundred times a parse, so few run at once.
 */
@Component
public final class InstanceValidation {

    /** Half the cores, so that the record can be read and written meanwhile. */
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration LONGEST_LOAD = Duration.ofSeconds(25);
    private static final String RETRY_AFTER_SECONDS = "10";

    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final SingletonSupplier<CompletableFuture<Loaded>> loading =
            SingletonSupplier.of(() -> CompletableFuture.supplyAsync(InstanceValidation::load));

    private record Loaded(FhirValidator validator, Set<String> profiles) {}

    /**
     * Checks one resource.
     *
     * @param text JSON or XML as it was sent
     * @param profile canonical URL of one of our profiles, or of R4; none for the type and the profiles that the resource
     *     names itself
     * @throws Refused 400 for a profile that is not known here; 503 where too many are waiting
     */
    public ValidationResult check(String text, @Nullable String profile) {
        takeTurn();
        try {
            var ready = loaded();
            var options = new ValidationOptions();
            if (profile != null) {
                if (!ready.profiles.contains(profile)) {
                    throw Refused.badRequest(new Issue(
                            IssueType.NOTFOUND,
                            "profile-unknown",
                            null,
                            "Parameter profile " + Issue.echo(profile) + " is none of the profiles known here."));
                }
                options.addProfile(profile);
            }
            return ready.validator.validateWithResult(text, options);
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        throw busy();
    }

    private Loaded loaded() {
        try {
            return loading.obtain().get(LONGEST_LOAD.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException goesOn) {
            throw busy();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the validator's definitions were not read", failed.getCause());
        }
    }

    private static Refused busy() {
        var busy = new Refused(
                503,
                List.of(new Issue(
                        IssueType.THROTTLED,
                        "validation-busy",
                        null,
                        "The validator is busy or still being loaded; try again.")));
        busy.addResponseHeader("Retry-After", RETRY_AFTER_SECONDS);
        return busy;
    }

    private static Loaded load() {
        // A context of its own, because the server's refuses what the validator has words for.
        var fhir = FhirContext.forR4();
        var definitions = Definitions.all(fhir);
        var own = new PrePopulatedValidationSupport(fhir);
        definitions.forEach(own::addResource);
        var base = new DefaultProfileValidationSupport(fhir);
        // LOINC and SNOMED CT are not here; a code that cannot be looked up is no mistake of the sender's.
        var elsewhere = new UnknownCodeSystemWarningValidationSupport(fhir);
        elsewhere.setNonExistentCodeSystemSeverity(IssueSeverity.INFORMATION);
        var module = new FhirInstanceValidator(new ValidationSupportChain(
                own,
                base,
                new CommonCodeSystemsTerminologyService(fhir),
                new InMemoryTerminologyServerValidationSupport(fhir),
                new SnapshotGeneratingValidationSupport(fhir),
                elsewhere));
        module.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        module.setAnyExtensionsAllowed(true);
        // A resource may keep to profiles that are not here; it is then warned of and not wrong.
        module.setErrorForUnknownProfiles(false);
        var profiles = definitions.stream()
                .filter(StructureDefinition.class::isInstance)
                .map(definition -> definition.getUrl())
                .collect(Collectors.toSet());
        base.<StructureDefinition>fetchAllStructureDefinitions().forEach(profile -> profiles.add(profile.getUrl()));
        var validator = fhir.newValidator().registerValidatorModule(module);
        // The first check loads as much again.
        validator.validateWithResult("{\"resourceType\":\"Observation\",\"status\":\"final\"}");
        return new Loaded(validator, profiles);
    }
}

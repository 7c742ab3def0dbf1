package org.tenderpoint.validator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r5.elementmodel.Manager.FhirFormat;
import org.hl7.fhir.r5.utils.validation.constants.BestPracticeWarningLevel;
import org.hl7.fhir.r5.utils.validation.constants.ReferenceValidationPolicy;
import org.hl7.fhir.utilities.validation.ValidationMessage;
import org.hl7.fhir.utilities.validation.ValidationMessage.IssueSeverity;
import org.hl7.fhir.validation.ValidationEngine;
import org.hl7.fhir.validation.instance.InstanceValidator;
import org.hl7.fhir.validation.instance.advisor.BasePolicyAdvisorForFullValidation;

/**
 * HL7's standalone validator over our guide and over what the server says, with the packages under {@code user.home} and
 * no terminology server. Compiled apart, because the validator brings other versions of HAPI's libraries with it.
 *
 * <p>Arguments: the folder of the compiled guide, that of the failing examples, and any folders of resources that must
 * pass. A file named {@code Type--profile--shape.json} has to keep to that profile of ours, too.
 */
public final class StandaloneValidator {

    private static final String OURS = "https://tenderpoint.org/fhir/StructureDefinition/";

    /** What other guides define, such as SDC; they are not among the packages, and their absence is no mistake here. */
    private static final String OF_OTHER_GUIDES = "No definition could be found for URL value 'http://hl7.org/fhir/u";

    /** Media types are registered at IANA, which only a terminology server knows. */
    private static final String MEDIA_TYPES = "http://hl7.org/fhir/ValueSet/mimetypes";

    /** The guide's own definitions are SUSHI's to check; its examples are checked here. */
    private static final String DEFINITION =
            "(StructureDefinition|ValueSet|CodeSystem|ConceptMap|ImplementationGuide)-.*";

    private final ValidationEngine engine;

    /** One for all files: the engine would make a new one for each, which takes a second. */
    private final InstanceValidator judge;

    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Integer> checked = new TreeMap<>();

    private StandaloneValidator(Path guide) throws Exception {
        engine = new ValidationEngine.ValidationEngineBuilder()
                .withVersion("4.0.1")
                .withThoVersion("7.0.1")
                .withExtensionsVersion("5.2.0")
                .withNoTerminologyServer()
                .fromSource("hl7.fhir.r4.core#4.0.1");
        engine.getIgLoader().loadIg(engine.getIgs(), engine.getBinaries(), guide.toString(), false);
        // Each file is looked at by itself; what it refers to is in another file.
        engine.setPolicyAdvisor(new BasePolicyAdvisorForFullValidation(ReferenceValidationPolicy.IGNORE, Set.of()));
        engine.prepare();
        judge = engine.getValidator(FhirFormat.JSON);
        judge.setBestPracticeWarningLevel(BestPracticeWarningLevel.Ignore);
        // Questionnaires use extensions of SDC, which is not among the packages; invented people live at example
        // addresses.
        judge.setAnyExtensionsAllowed(true);
        judge.setAllowExamples(true);
    }

    /** Ends with 1 where something that must pass does not, or a failing example does. */
    public static void main(String[] folders) throws Exception {
        var guide = Path.of(folders[0]);
        var validator = new StandaloneValidator(guide);
        validator.fails(Path.of(folders[1]));
        validator.passes(guide);
        for (int i = 2; i < folders.length; i++) {
            validator.passes(Path.of(folders[i]));
        }
        validator.checked.forEach((what, number) -> System.out.println(number + " " + what));
        System.out.println(validator.wrong.size() + " wrong");
        if (!validator.wrong.isEmpty()) {
            System.exit(1);
        }
    }

    private void passes(Path folder) throws Exception {
        for (var file : files(folder)) {
            for (var error : messages(file, IssueSeverity.ERROR)) {
                System.out.println(file.getFileName() + ": " + error);
                wrong.add(file.getFileName() + ": " + error);
            }
            checked.merge("of " + folder + " have to pass", 1, Integer::sum);
        }
    }

    /** A failing example breaks its own invariant, which may be a warning. */
    private void fails(Path folder) throws Exception {
        for (var file : files(folder)) {
            var invariant = file.getFileName().toString().replace("-fail.json", "");
            if (messages(file, IssueSeverity.WARNING).stream().noneMatch(message -> message.contains(invariant))) {
                System.out.println(file.getFileName() + ": passes, although it breaks " + invariant);
                wrong.add(file.getFileName() + ": passes");
            }
            checked.merge("of " + folder + " have to fail", 1, Integer::sum);
        }
    }

    private List<String> messages(Path file, IssueSeverity least) throws Exception {
        var name = file.getFileName().toString().split("--", -1);
        var profiles = name.length == 3 && !name[1].isEmpty() ? List.of(OURS + name[1]) : List.<String>of();
        var messages = new ArrayList<ValidationMessage>();
        try (var json = Files.newInputStream(file)) {
            judge.validate(null, messages, json, FhirFormat.JSON, engine.asSdList(profiles));
        }
        return messages.stream()
                .filter(message -> message.getLevel().ordinal() <= least.ordinal())
                .filter(message -> !message.getMessage().startsWith(OF_OTHER_GUIDES))
                .filter(message -> !message.getMessage().contains(MEDIA_TYPES))
                .map(message -> message.getLocation() + ": " + message.getMessage())
                .toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.getFileName().toString().matches(DEFINITION))
                    .sorted()
                    .toList();
        }
    }
}

/**
 * Forms: the questionnaires that ship with the server, answers held against them, and what goes from answers into the
 * record. Start at {@link org.tenderpoint.questionnaire.Forms}; the forms themselves lie beside the classes as JSON.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server"})
@NullMarked
package org.tenderpoint.questionnaire;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

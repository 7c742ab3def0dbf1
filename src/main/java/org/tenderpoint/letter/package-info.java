/**
 * Letters about one referral: the plan of care for the referring physician, and the letter of medical necessity that the
 * physician signs. Start at {@link org.tenderpoint.letter.Letters}; they say what the progress summary's model says.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "server", "observation", "document", "progress"})
@NullMarked
package org.tenderpoint.letter;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

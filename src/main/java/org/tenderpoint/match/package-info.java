/**
 * Finding a patient by what somebody knows of them. Start at {@link org.tenderpoint.match.PatientMatches};
 * {@link org.tenderpoint.match.Likeness} says how alike two are, and why.
 */
@ApplicationModule(allowedDependencies = {"issue", "chart", "access", "server"})
@NullMarked
package org.tenderpoint.match;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

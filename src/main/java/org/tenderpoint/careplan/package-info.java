/**
 * The plan of care: how far its goals and visits are, and what it forbids. Start at
 * {@link org.tenderpoint.careplan.PlanStatuses}, and at {@link org.tenderpoint.careplan.TechniqueRule} for what is
 * refused; what each restriction forbids is data, in {@code restrictions.json}.
 */
@ApplicationModule(allowedDependencies = {"issue", "access", "chart", "server", "observation", "document"})
@NullMarked
package org.tenderpoint.careplan;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Pages that people read: what a document says in sections, written as plain text and as PDF. Start at
 * {@link org.tenderpoint.page.Page}.
 */
@ApplicationModule(allowedDependencies = {})
@NullMarked
package org.tenderpoint.page;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

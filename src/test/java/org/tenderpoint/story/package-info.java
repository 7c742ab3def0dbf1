/** The product's stories, told over HTTP on both databases. */
@NullMarked
package org.tenderpoint.story;

import org.jspecify.annotations.NullMarked;

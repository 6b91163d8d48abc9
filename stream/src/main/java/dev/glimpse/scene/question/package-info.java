/** Questions about what a picture shows, with the answers ten people gave, in the manner of VQA v2. */
@NullMarked
package dev.glimpse.scene.question;

import org.jspecify.annotations.NullMarked;

package dev.glimpse.array;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ScalarTest {
    @Test
    void gradientIsTheFactor() {
        try (NDManager root = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray x = root.create(new float[] {1, 2});
            x.setRequiresGradient(true);
            collector.backward(Scalar.times(x, 2.5).sum());
            assertThat(x.getGradient().toFloatArray()).containsExactly(2.5f, 2.5f);
        }
    }

    /** See {@link Scalar} for what happens otherwise. */
    @Test
    void nothingThatCarriesGradientIsMultipliedWithABareNumber() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.glimpse");
        for (String operation : new String[] {"mul", "div", "pow", "maximum", "minimum"}) {
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.glimpse.network..", "dev.glimpse.loss..", "dev.glimpse.detector..")
                    .should()
                    .callMethod(NDArray.class, operation, Number.class)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }
}

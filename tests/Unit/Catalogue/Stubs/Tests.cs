// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

#nullable disable

namespace BenchmarkDotNet.Attributes
{
    public class BenchmarkAttribute : System.Attribute
    {
    }
    public class GlobalCleanupAttribute : System.Attribute
    {
    }
    public class GlobalSetupAttribute : System.Attribute
    {
    }
    public class IterationCleanupAttribute : System.Attribute
    {
    }
    public class IterationSetupAttribute : System.Attribute
    {
    }
}

namespace Microsoft.VisualStudio.TestTools.UnitTesting
{
    public class AssemblyCleanupAttribute : System.Attribute
    {
    }
    public class AssemblyInitializeAttribute : System.Attribute
    {
    }
    public class ClassCleanupAttribute : System.Attribute
    {
    }
    public class ClassInitializeAttribute : System.Attribute
    {
    }
    public class DataTestMethodAttribute : System.Attribute
    {
    }
    public class TestCleanupAttribute : System.Attribute
    {
    }
    public class TestInitializeAttribute : System.Attribute
    {
    }
    public class TestMethodAttribute : System.Attribute
    {
    }
}

namespace NUnit.Framework
{
    public class OneTimeSetUpAttribute : System.Attribute
    {
    }
    public class OneTimeTearDownAttribute : System.Attribute
    {
    }
    public class SetUpAttribute : System.Attribute
    {
    }
    public class TearDownAttribute : System.Attribute
    {
    }
    public class TestAttribute : System.Attribute
    {
    }
    public class TestCaseAttribute : System.Attribute
    {
    }
    public class TestCaseSourceAttribute : System.Attribute
    {
    }
    public class TheoryAttribute : System.Attribute
    {
    }
}

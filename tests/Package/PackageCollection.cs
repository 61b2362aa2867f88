namespace Quintet.Tests.Package;

/// <summary>Packed once; and one process at a time, since each of them wants the whole machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PackageCollection : ICollectionFixture<PackedAnalyzers>
{
    public const string Name = "package";
}

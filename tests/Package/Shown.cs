using System.Text.RegularExpressions;

namespace Quintet.Tests.Package;

/// <summary>A warning as a build prints it.</summary>
internal readonly record struct Shown(string Id, string File, int Line)
{
    public override string ToString() => $"{Id} {File}:{Line}";
}

using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Quintet.Tool.Analysis;

/// <summary>Quintet's analyzers and fixes as found in its assemblies, narrowed to the ids that the user asked for.</summary>
internal sealed class SelectedRules
{
    private readonly HashSet<string> _selected;

    public SelectedRules(IReadOnlyList<string> only, IReadOnlyList<string> skip)
        : this(Instances<DiagnosticAnalyzer>(Load("Quintet.Analyzers")), Instances<CodeFixProvider>(Load("Quintet.CodeFixes")), only, skip)
    {
    }

    internal SelectedRules(
        ImmutableArray<DiagnosticAnalyzer> all,
        ImmutableArray<CodeFixProvider> fixes,
        IReadOnlyList<string> only,
        IReadOnlyList<string> skip)
    {
        Descriptors = all
            .SelectMany(analyzer => analyzer.SupportedDiagnostics)
            .DistinctBy(descriptor => descriptor.Id)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)
            .ToImmutableArray();
        Check(only);
        Check(skip);
        _selected = Descriptors
            .Select(descriptor => descriptor.Id)
            .Where(id => (only.Count == 0 || Matches(only, id)) && !Matches(skip, id))
            .ToHashSet(StringComparer.Ordinal);
        Analyzers = [.. all.Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => Selects(descriptor.Id)))];
        Fixes = fixes;
        Fixable = fixes.SelectMany(fix => fix.FixableDiagnosticIds).ToHashSet(StringComparer.Ordinal);
    }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public ImmutableArray<CodeFixProvider> Fixes { get; }

    /// <summary>All rules, whether selected or not.</summary>
    public ImmutableArray<DiagnosticDescriptor> Descriptors { get; }

    /// <summary>Ids for which a fix exists; whether it applies at a place is known when it is asked.</summary>
    public IReadOnlySet<string> Fixable { get; }

    public bool Selects(string id) => _selected.Contains(id);

    private void Check(IReadOnlyList<string> patterns)
    {
        foreach (var pattern in patterns.Where(pattern => !Descriptors.Any(descriptor => Matches([pattern], descriptor.Id))))
            throw new UserError($"no rule id begins with '{pattern}'");
    }

    private static bool Matches(IReadOnlyList<string> patterns, string id) =>
        patterns.Any(pattern => id.StartsWith(pattern, StringComparison.OrdinalIgnoreCase));

    private static Assembly Load(string name) => Assembly.Load(new AssemblyName(name));

    private static ImmutableArray<T> Instances<T>(Assembly assembly)
        where T : class =>
        [.. assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(T).IsAssignableFrom(type) && type.GetConstructor(Type.EmptyTypes) is not null)
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!)];
}

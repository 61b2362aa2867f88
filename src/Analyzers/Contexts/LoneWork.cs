using Microsoft.CodeAnalysis;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Contexts;

/// <summary>
/// Work that runs alone and once, by the name of the type or member that does it: the program's installer and its update of itself,
/// a migration, the seeding of a database, what puts the program together; and the command of a command-line program. Nobody else is
/// there whose turn it would take.
/// </summary>
internal static class LoneWork
{
    public static bool IsDoneBy(IMethodSymbol? member)
    {
        if (member is not null && (IsSeeding(PascalWords.Of(member.Name)) || IsGivenOptions(member))) return true;
        for (var type = member?.ContainingType; type is not null; type = type.ContainingType)
            if (IsNamedSo(type.Name) || IsCommand(type)) return true;
        for (var space = member?.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            if (space.Name is "Migrations" or "Installation") return true;
        return false;
    }

    /// <summary>A window or command by which the program's developers look into it, by the name of the type or member.</summary>
    public static bool IsForDevelopers(IMethodSymbol? member)
    {
        if (member is null) return false;
        for (var type = member.ContainingType; type is not null; type = type.ContainingType)
            if (NamesDebugWindow(PascalWords.Of(type.Name), 0)) return true;
        var words = PascalWords.Of(member.Name);
        return NamesDebugWindow(words, 0) || NamesDebugWindow(words, 1);
    }

    /// <summary><c>DebugWindow</c>, <c>OpenDebugWindow</c>; the debugger of an IDE is called otherwise.</summary>
    private static bool NamesDebugWindow(IReadOnlyList<string> words, int at) =>
        words.Count > at + 1 && words[at] == "Debug" && words[at + 1] is "Window" or "Form" or "Page" or "Dialog" or "Menu";

    /// <summary>What the parsers of command lines know as a command: by an attribute or a base of theirs.</summary>
    private static bool IsCommand(INamedTypeSymbol type) =>
        HasVerb(type)
        || type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "CommandAttribute" } given && IsOfParser(given))
        || type.BaseType is { Name: "Command" or "AsyncCommand" } parent && IsOfParser(parent);

    /// <summary><c>static Task&lt;int&gt; Handle(ExportOptions options)</c>: the options carry the command's verb.</summary>
    private static bool IsGivenOptions(IMethodSymbol member) => member.Parameters.Any(static parameter => HasVerb(parameter.Type));

    private static bool HasVerb(ITypeSymbol type) =>
        type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "Verb" or "VerbAttribute" });

    private static bool IsOfParser(INamedTypeSymbol type)
    {
        for (var space = type.ContainingNamespace; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            if (space.Name is "CommandLine" or "CommandLineUtils" or "CliFx" or "Cocona" or "Cli") return true;
        return false;
    }

    /// <summary><c>MigrateAsync</c>, <c>SeedDatabase</c>; who migrates a tenant or seeds a garden serves somebody.</summary>
    private static bool IsSeeding(IReadOnlyList<string> words) => words.Count > 0 && words[0] is "Migrate" or "Seed"
        && words.Skip(1).All(static word => word is "Async" or "Database" or "Db" or "Data" or "Schema");

    private static bool IsNamedSo(string name)
    {
        var words = PascalWords.Of(name);
        if (words.Count == 0) return false;
        var last = words[words.Count - 1];
        return words[0] is "Install" or "Installer" or "Installation" or "Uninstaller"
            || last is "Seed" or "Migration" or "Migrations" or "Bootstrapper"
            || last == "Initializer" && words.Any(static word => word is "Db" or "Database")
            || words.Any(static word => word is "Migrator" or "Seeder")
            // Whatever else is updated may be updated all day.
            || last is "Updater" or "Upgrader"
                && (words.Count == 1 || words.Any(static word => word is "Auto" or "Automatic" or "Self" or "App" or "Application"));
    }
}

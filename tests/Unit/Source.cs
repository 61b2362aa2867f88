namespace Quintet.Tests;

/// <summary>Turns the members that a test shows into a file that compiles.</summary>
internal static class Source
{
    private const string Usings =
        """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    /// <summary>Members of a class; a text that declares types of its own at the left margin is taken as it is, below the usings.</summary>
    public static string Wrap(string members) => HasTypes(members) ? Usings + members : Usings + "partial class C\n{\n" + members + "\n}\n";

    /// <summary>Whether a text declares types at the left margin, and so needs no class around it.</summary>
    public static bool HasTypes(string members) =>
        members.Contains("namespace ", StringComparison.Ordinal) || members.Split('\n').Any(static line => IsTypeDeclaration(line));

    private static bool IsTypeDeclaration(string line) =>
        line.Length > 0 && !char.IsWhiteSpace(line[0])
        && System.Text.RegularExpressions.Regex.IsMatch(line,
            @"^(\[.*\] *)?((public|internal|sealed|static|abstract|partial|file) )*(class|interface|record|struct|enum) ");
}

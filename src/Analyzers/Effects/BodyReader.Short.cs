using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// Waits that are over before anybody notices, whatever member they go through: never more than possible.
internal sealed partial class BodyReader
{
    private bool IsShort(ApiEntry entry, IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        entry.Kind == BlockKind.File && (IsKernelFile(arguments) || IsHeader(site, arguments) || IsBackup(site, arguments)
            || IsBegun(site))
        || entry.Kind == BlockKind.Database && IsOfSqlite(site, arguments)
        || entry.Kind == BlockKind.Network && IsOfThisMachine(site, arguments)
        || entry.Kind == BlockKind.Process && IsToldToEnd(site, "Kill") || IsJoinedAfterCancel(site) || TakesTurnsInside(entry)
        || IsMoment(entry, arguments) && !IsInLoop(site) || PumpsMessages(site) || IsOpenGate(site);

    /// <summary><c>closing.Wait(1)</c>: whoever gives up at once does not wait for an end.</summary>
    private static bool IsMoment(ApiEntry entry, ImmutableArray<IArgumentOperation> arguments)
    {
        const int Moment = 2;
        return entry.Kind is BlockKind.Task or BlockKind.Wait && arguments.Any(argument =>
            IsTime(argument, entry) && argument.Value.ConstantValue is { HasValue: true, Value: int and > 0 and <= Moment });
    }

    /// <summary>
    /// Dapper over a connection to a file of SQLite is no slower than the connection itself, and its asynchronous form no faster.
    /// </summary>
    private static bool IsOfSqlite(IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        site is IInvocationOperation { TargetMethod.ContainingType.Name: "SqlMapper" } && arguments.Length > 0
        && ExpressionKeys.Strip(arguments[0].Value)?.Type?.Name is "SqliteConnection" or "SQLiteConnection";

    /// <summary>The machine's own addresses: no name server is asked.</summary>
    private bool IsOfThisMachine(IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        site is IInvocationOperation { TargetMethod.ContainingType.Name: "Dns" } && arguments.Length > 0 && MadeBy(arguments[0].Value)
            is { ConstantValue: { HasValue: true, Value: "" or "localhost" or "127.0.0.1" or "::1" } }
            or IInvocationOperation { TargetMethod: { Name: "GetHostName", ContainingType.Name: "Dns" } };

    /// <summary>Threads take turns somewhere inside of a package, as with a lock that is free as a rule.</summary>
    private static bool TakesTurnsInside(ApiEntry entry) => entry.Via.Count > 1 && entry.Via[entry.Via.Count - 1] == "Monitor.Wait";

    /// <summary><c>process.Kill(); process.WaitForExit();</c>: the operating system ends it at once.</summary>
    private static bool IsToldToEnd(IOperation site, string how) =>
        site is IInvocationOperation { Instance: { } process } && ExpressionKeys.Of(process) is { } key
        && CallBefore(site) is { TargetMethod.ContainingType.Name: "Process", Instance: var killed } call && call.TargetMethod.Name == how
        && ExpressionKeys.Of(killed) == key;

    /// <summary><c>stopping.Cancel(); worker.Join();</c>: the worker has just been told to end.</summary>
    private static bool IsJoinedAfterCancel(IOperation site) =>
        site is IInvocationOperation { TargetMethod: { Name: "Join", ContainingType.Name: "Thread" } }
        && CallBefore(site) is { TargetMethod: { Name: "Cancel", ContainingType.Name: "CancellationTokenSource" } };

    /// <summary>The call that is the statement before the one that a place stands in.</summary>
    private static IInvocationOperation? CallBefore(IOperation site)
    {
        IOperation? statement = site;
        while (statement is not (null or IExpressionStatementOperation)) statement = statement.Parent;
        if (statement?.Parent is not IBlockOperation { Operations: var all }) return null;
        var place = all.IndexOf(statement);
        return place > 0 && all[place - 1] is IExpressionStatementOperation { Operation: var before }
            ? before is IConditionalAccessOperation { WhenNotNull: IInvocationOperation inner } ? inner : before as IInvocationOperation
            : null;
    }

    /// <summary>
    /// A copy of a file beside itself, under a longer name: the program's own settings before they are written anew, or brought back.
    /// </summary>
    private bool IsBackup(IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        site is IInvocationOperation { TargetMethod: { Name: "Copy", ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } } }
        && arguments.Length > 1
        && (IsNamedAfter(arguments[1].Value, arguments[0].Value) || IsNamedAfter(arguments[0].Value, arguments[1].Value));

    /// <summary><c>path + ".bak"</c>, <c>$"{path}.bak"</c> or <c>Path.ChangeExtension(path, "bak")</c>.</summary>
    private bool IsNamedAfter(IOperation copy, IOperation original) => ExpressionKeys.Of(original) is { } key && MadeBy(copy) switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, RightOperand.ConstantValue.HasValue: true } longer =>
            ExpressionKeys.Of(longer.LeftOperand) == key,
        IInterpolatedStringOperation { Parts: { Length: > 1 } parts } =>
            parts[0] is IInterpolationOperation { Expression: var start } && ExpressionKeys.Of(start) == key,
        IInvocationOperation { TargetMethod: { Name: "ChangeExtension", ContainingType.Name: "Path" }, Arguments: { Length: > 0 } path } =>
            ExpressionKeys.Of(path[0].Value) == key,
        _ => false,
    };

    /// <summary>
    /// A file of a name that is written down, read from the program's own folder: it was shipped with the program, a template.
    /// </summary>
    private bool IsShipped(IOperation site, ImmutableArray<IArgumentOperation> arguments) =>
        site is IInvocationOperation
        {
            TargetMethod: { Name: "ReadAllText" or "ReadAllLines" or "ReadAllBytes" or "Copy", ContainingType.Name: "File" }
                or { Name: "Load", ContainingType.Name: "XmlDocument" or "XDocument" or "XElement" },
        }
        && arguments.Length > 0 && MadeBy(arguments[0].Value) switch
        {
            IInvocationOperation { TargetMethod: { Name: "Combine" or "Join", ContainingType.Name: "Path" }, Arguments: var parts } =>
                AreShipped(parts.SelectMany(static part => part.Value is IArrayCreationOperation { Initializer.ElementValues: var all }
                    ? all.AsEnumerable() : [part.Value])),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } joined => AreShipped([joined.LeftOperand, joined.RightOperand]),
            _ => false,
        };

    private bool AreShipped(IEnumerable<IOperation> parts)
    {
        var all = parts.Select(MadeBy).ToList();
        return all.Count > 1 && IsProgramFolder(all[0])
            && all.Skip(1).All(static part => part is { ConstantValue: { HasValue: true, Value: string } });
    }

    private bool IsProgramFolder(IOperation? folder) => folder switch
    {
        IPropertyReferenceOperation { Property: { Name: "StartupPath", ContainingType.Name: "Application" }
            or { Name: "BaseDirectory", ContainingType.Name: "AppContext" or "AppDomain" } } => true,
        IInvocationOperation { TargetMethod: { Name: "GetDirectoryName", ContainingType.Name: "Path" }, Arguments: { Length: 1 } path } =>
            MadeBy(path[0].Value) is IPropertyReferenceOperation
            {
                Property: { Name: "Location", ContainingType.Name: "Assembly" }
                    or { Name: "ProcessPath", ContainingType.Name: "Environment" }
                    or { Name: "ExecutablePath", ContainingType.Name: "Application" },
            },
        _ => false,
    };

    /// <summary>
    /// A file that holds one value: its whole text is read to be trimmed and used as such, or written as a number or a date.
    /// </summary>
    private static bool IsLittle(IOperation site, ImmutableArray<IArgumentOperation> arguments) => site is IInvocationOperation
    {
        TargetMethod: { Name: "ReadAllText" or "WriteAllText", ContainingType: { Name: "File", ContainingNamespace.Name: "IO" } } call,
    }
    && (call.Name == "ReadAllText" ? IsTrimmedWhole(site.Syntax) : arguments.Any(static argument => IsScalarText(argument)));

    /// <summary><c>File.ReadAllText(path).Trim()</c>, and nothing that takes it apart behind it.</summary>
    private static bool IsTrimmedWhole(SyntaxNode read) => read.Parent is MemberAccessExpressionSyntax
    {
        Name.Identifier.ValueText: "Trim" or "TrimEnd" or "TrimStart", Parent: InvocationExpressionSyntax { Parent: var use },
    }
    && use is not (MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax);

    private static bool IsScalarText(IArgumentOperation argument) => argument.Parameter?.Name == "contents"
        && argument.Value switch
        {
            IInvocationOperation { TargetMethod.Name: "ToString", Instance.Type: { } type } =>
                type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Char
                    or SpecialType.System_DateTime
                || type is { Name: "Guid" or "Version" or "DateTimeOffset" or "TimeSpan", ContainingNamespace.Name: "System" },
            _ => false,
        };

    /// <summary>A gate that is made open: only who closes it, to pause the work, makes somebody wait.</summary>
    private static bool IsOpenGate(IOperation site) =>
        site is IInvocationOperation { TargetMethod.Name: "Wait" or "WaitOne", Instance: { } receiver }
        && ExpressionKeys.Strip(receiver) is IMemberReferenceOperation
        {
            Type.Name: "ManualResetEvent" or "ManualResetEventSlim",
            Member.DeclaringSyntaxReferences: { Length: 1 } declared,
        }
        && InitialValue.Of(declared[0].GetSyntax())
            is { Value: BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } made } }
        && made[0].Expression.IsKind(SyntaxKind.TrueLiteralExpression);

    /// <summary>The first bytes of a file, read to see what it is.</summary>
    private bool IsHeader(IOperation site, ImmutableArray<IArgumentOperation> arguments)
    {
        const int LargestHeader = 512;
        return site is IInvocationOperation { TargetMethod.Name: "Read" or "ReadExactly" or "ReadAtLeast" or "ReadBlock" } read
            && arguments.Length > 0 && !IsInLoop(site) && (read.TargetMethod.Name == "Read" || IsFile(read.Instance))
            && ExpressionKeys.Strip(AsArray(arguments[0].Value)) is ILocalReferenceOperation { Local: var buffer }
            && ExpressionKeys.Strip(SingleValue(buffer)) is IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes }
            && sizes[0].ConstantValue is { HasValue: true, Value: int and <= LargestHeader };
    }

    /// <summary>The array behind a span that it was turned into.</summary>
    private static IOperation AsArray(IOperation buffer) => buffer is IConversionOperation { Operand: var array } ? array : buffer;

    private bool IsFile(IOperation? stream) => MadeBy(stream) switch
    {
        IObjectCreationOperation { Type.Name: "FileStream" } => true,
        IInvocationOperation { TargetMethod: { Name: "Open" or "OpenRead", ContainingType.Name: "File" or "FileInfo" } } => true,
        _ => false,
    };

    /// <summary><c>File.ReadLines(path).Take(10)</c>, or kept for whoever goes through it.</summary>
    private static bool IsBegun(IOperation site)
    {
        if (site is not IInvocationOperation
        {
            TargetMethod.Name: "ReadLines" or "EnumerateFiles" or "EnumerateDirectories" or "EnumerateFileSystemEntries",
        } begun) return false;
        var parent = site.Parent;
        while (parent is IConversionOperation or IArgumentOperation) parent = parent.Parent;
        if (parent is IReturnOperation) return true;
        return begun.TargetMethod.Name == "ReadLines" && parent is ISimpleAssignmentOperation { Target: IMemberReferenceOperation }
            || parent is IInvocationOperation { TargetMethod: { Name: "First" or "FirstOrDefault" or "Take" or "Any" } part }
                && (part.Name == "Take" || part.Parameters.Length == 1)
            || IsKeptUnread(begun);
    }

    /// <summary>
    /// <c>void Walk(string folder) { foreach (var inner in Directory.GetDirectories(folder)) Walk(inner); }</c>: folder by folder, a method
    /// that calls itself goes through the whole tree.
    /// </summary>
    private bool IsWalk(IOperation site) => site is IInvocationOperation
    {
        TargetMethod: { Name: "GetDirectories" or "EnumerateDirectories", ContainingType.Name: "Directory" or "DirectoryInfo" },
    }
    && _body.Method is { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
    && site.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { } each && each.Expression.Span.Contains(site.Syntax.Span)
    && each.Statement.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
        .Any(call => LastName.Of(call.Expression) == method.Name);

    private static bool IsPrinter(IMethodSymbol maker) =>
        maker is { Name: "OpenStandardOutput" or "OpenStandardError", ContainingType.Name: "Console" };

    private static bool IsInLoop(IOperation site)
    {
        for (var parent = site.Parent; parent is not null; parent = parent.Parent)
            if (parent is ILoopOperation) return true;
        return false;
    }

    /// <summary>A few bytes that the kernel or the installation keeps at hand: nobody waits for a disk.</summary>
    private bool IsKernelFile(ImmutableArray<IArgumentOperation> arguments) =>
        arguments.Length > 0 && BeginningOf(arguments[0].Value) is { } path
        && (path.StartsWith("/etc/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)
            || path.StartsWith("/sys/", StringComparison.Ordinal));

    /// <summary>How a text begins that is written down, or put together from such a beginning.</summary>
    private string? BeginningOf(IOperation text, int depth = 0) => depth > Longest ? null : MadeBy(text) switch
    {
        { ConstantValue: { HasValue: true, Value: string whole } } => whole,
        IInterpolatedStringOperation { Parts: { Length: > 0 } parts } => parts[0] is IInterpolatedStringTextOperation { Text: var first }
            ? first.ConstantValue.Value as string
            : null,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, LeftOperand: var left } => BeginningOf(left, depth + 1),
        _ => null,
    };

    /// <summary>More parts than this no name of a file is put together from; a local may be made of itself.</summary>
    private const int Longest = 8;

    /// <summary>A short wait in a loop that lets the message loop run, here or in what it calls: the window stays alive.</summary>
    private bool PumpsMessages(IOperation site)
    {
        IOperation? loop = site;
        while (loop is not (null or ILoopOperation or IAnonymousFunctionOperation or ILocalFunctionOperation)) loop = loop.Parent;
        if (loop is not (IWhileLoopOperation or IForLoopOperation)) return false;
        if (!_pumping.TryGetValue(loop, out var pumps))
        {
            _pumping[loop] = pumps = loop.Descendants().Any(part => part is IInvocationOperation { TargetMethod: var called }
                && (called.Name == Told.Pumping || DeclarationOf(called) is MethodDeclarationSyntax helper && Told.Pumps(helper)));
        }

        return pumps;
    }

    // A loop with hundreds of waits is looked through once.
    private readonly Dictionary<IOperation, bool> _pumping = [];

    /// <summary>The pattern that a regular expression is asked with, where it is written down.</summary>
    private string? PatternOf(IOperation site)
    {
        var pattern = site is IInvocationOperation call
            ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "pattern")
                ?? (MadeBy(call.Instance) as IObjectCreationOperation)?.Arguments.FirstOrDefault()
            : null;
        return pattern?.Value.ConstantValue is { HasValue: true, Value: string text } ? text : null;
    }

    /// <summary>Whether the pattern is ambiguous, also where a member keeps the expression that is made of it.</summary>
    private bool AsksAmbiguously(IOperation site) => IsAmbiguous(PatternOf(site))
        || site is IInvocationOperation { Instance: IMemberReferenceOperation kept }
            && OfKept(kept, static made => made is IObjectCreationOperation { Arguments: { Length: > 0 } given }
                && given[0].Value.ConstantValue is { HasValue: true, Value: string text } && IsAmbiguous(text)) == true;

    /// <summary>
    /// Something repeated inside of something repeated, or one of several repeated: <c>(a+)+</c>, <c>(a|aa)*</c>. It may take exponential
    /// time; other patterns go through their text once or twice.
    /// </summary>
    private static bool IsAmbiguous(string? pattern) =>
        pattern is not null && System.Text.RegularExpressions.Regex.IsMatch(pattern, @"\((?:[^()\\]|\\.)*[+*|}](?:[^()\\]|\\.)*\)[+*{]");

    /// <summary>
    /// Heavy by nature, and yet not here: few rounds of a key derivation, a picture that is compiled in or not compressed.
    /// </summary>
    private bool IsLight(ISymbol target, IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) =>
        arguments.Any(HasSmallFactor) || IsUncompressed(receiver, arguments)
        || (target.ContainingType.Name is "Rfc2898DeriveBytes" or "KeyDerivation"
            ? HasFewRounds(target.Name == "Pbkdf2" ? arguments : (MadeBy(receiver) as IObjectCreationOperation)?.Arguments ?? default)
            : IsEmbedded(receiver) || arguments.Any(argument => IsEmbedded(argument.Value))
                || IsOfPictures(target.ContainingNamespace) && HasSmallSize(arguments));

    private static bool IsUncompressed(IOperation? receiver, ImmutableArray<IArgumentOperation> arguments) =>
        ExpressionKeys.Strip(receiver)?.Type?.Name == "BmpBitmapEncoder"
        || arguments.Any(static argument => argument.Value
            is IPropertyReferenceOperation { Property: { Name: "Bmp" or "MemoryBmp", ContainingType.Name: "ImageFormat" } });

    /// <summary>Each more doubles the rounds of bcrypt: with less than eight it takes some milliseconds.</summary>
    private static bool HasSmallFactor(IArgumentOperation argument) =>
        argument is { Parameter.Name: "workFactor" or "logRounds", Value.ConstantValue: { HasValue: true, Value: int and < 8 } };

    /// <summary>A thousand rounds take less than a millisecond; those who derive keys seriously ask for hundreds of thousands.</summary>
    private bool HasFewRounds(ImmutableArray<IArgumentOperation> arguments)
    {
        const int Few = 10_000;
        if (arguments.IsDefault) return false;
        var rounds = arguments.FirstOrDefault(static argument => argument.Parameter?.Name is "iterations" or "iterationCount");
        // The constructors that do not ask take a thousand.
        return rounds is null || WrittenDown(rounds.Value) is int and <= Few;
    }

    /// <summary>The constant that is written down here, in the local that is given, or in the field that is for good.</summary>
    private object? WrittenDown(IOperation value) => MadeBy(value) switch
    {
        { ConstantValue: { HasValue: true, Value: var constant } } => constant,
        IMemberReferenceOperation kept =>
            OfKept(kept, static made => made.ConstantValue.Value is int number ? number : -1) is >= 0 and var number ? number : null,
        _ => null,
    };

    /// <summary>A picture of so few points, as it is made or scaled.</summary>
    private static bool HasSmallSize(ImmutableArray<IArgumentOperation> arguments)
    {
        const int Side = 256;
        var sizes = arguments.Where(static argument => argument.Parameter is { Type.SpecialType: SpecialType.System_Int32 })
            .Select(static argument => argument.Value.ConstantValue.Value as int?).ToList();
        return sizes.Count == 2 && sizes.TrueForAll(static size => size is > 0 and <= Side);
    }

    private IOperation? MadeBy(IOperation? operation) =>
        ExpressionKeys.Strip(operation) is ILocalReferenceOperation { Local: var local }
            ? ExpressionKeys.Strip(SingleValue(local))
            : ExpressionKeys.Strip(operation);

    /// <summary>
    /// A picture that the code calls an icon is small: by the name of the member, of what is passed or of what it is kept in.
    /// </summary>
    private bool IsIcon(IOperation site, ISymbol target) => IsOfPictures(target.ContainingNamespace)
        && (IsIconName(_body.Method?.Name) || IsIconName(_body.Method?.ContainingType?.Name)
            || site.Syntax.DescendantNodesAndSelf().Any(static node =>
                node is IdentifierNameSyntax name && IsIconName(name.Identifier.ValueText))
            || site.Syntax.Ancestors().FirstOrDefault(static outer =>
                outer is VariableDeclaratorSyntax or AssignmentExpressionSyntax or StatementSyntax) switch
            {
                VariableDeclaratorSyntax variable => IsIconName(variable.Identifier.ValueText),
                AssignmentExpressionSyntax assignment => IsIconName(LastName.Of(assignment.Left)),
                _ => false,
            });

    private static bool IsOfPictures(INamespaceSymbol? space)
    {
        for (; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace)
            if (space.Name is "Drawing" or "Imaging" or "SkiaSharp" or "ImageSharp" or "ImageMagick") return true;
        return false;
    }

    private static bool IsIconName(string? name) => name is not null && PascalWords.Of(name).Any(static word =>
        Icons.Contains(word));

    private static readonly HashSet<string> Icons =
        new(StringComparer.OrdinalIgnoreCase) { "avatar", "avatars", "cursor", "favicon", "icns", "icon", "icons", "logo" };

    private static bool IsOfResource(IMethodSymbol opener) => opener
        is { Name: "GetManifestResourceStream", ContainingType.Name: "Assembly" } or { Name: "Open", ContainingType.Name: "AssetLoader" };

    /// <summary>It comes from a resource of an assembly: an icon, as a rule, and always as large as the author made it.</summary>
    private bool IsEmbedded(IOperation? operation, int depth = 0)
    {
        const int Deepest = 4;
        return depth < Deepest && MadeBy(operation) switch
        {
            IInvocationOperation { TargetMethod: var opener } when IsOfResource(opener) => true,
            // The class that a designer makes for the resources of a project.
            IPropertyReferenceOperation { Property: { IsStatic: true, ContainingType: { Name: "Resources" } resources } } =>
                resources.GetMembers("ResourceManager").Length > 0,
            IInvocationOperation { TargetMethod: { ContainingType.ContainingNamespace.Name: "Drawing" or "Imaging" } } call =>
                IsEmbedded(call.Instance, depth + 1) || call.Arguments.Any(argument => IsEmbedded(argument.Value, depth + 1)),
            IObjectCreationOperation creation => creation.Arguments.Any(argument => IsEmbedded(argument.Value, depth + 1)),
            _ => false,
        };
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Quintet.Analyzers.Catalogue;
using Quintet.Analyzers.Source;

namespace Quintet.Analyzers.Effects;

// What is known of streams, readers and writers: in memory, a device, the caller's.
internal sealed partial class BodyReader
{
    /// <summary>Where the bytes of a stream, reader or writer come from.</summary>
    private ArgumentFact Origin(IOperation? expression)
    {
        if (_origins.Depth == 0) _origins.Left = MostOrigins;
        if (_origins.Left-- <= 0) return default;
        _origins.Depth++;
        var origin = OriginAt(expression);
        _origins.Depth--;
        return origin;
    }

    /// <summary>Locals that are chosen from locals, over and over, double what there is to look at.</summary>
    private const int MostOrigins = 256;

    private (int Depth, int Left) _origins;

    private ArgumentFact OriginAt(IOperation? expression)
    {
        var operation = ExpressionKeys.Strip(expression);
        if (operation?.Type is not { } type) return default;
        if (IsMemory(type)) return new ArgumentFact(ArgumentKnowledge.InMemory);
        switch (operation)
        {
            // A decorator, ours by the catalogue or anybody's by its argument, gives what it is given.
            case IObjectCreationOperation creation when creation.Arguments.Any(static argument => CarriesBytes(argument.Value)):
                return OriginOf(creation.Arguments.Select(static argument => argument.Value).Where(CarriesBytes));
            case IObjectCreationOperation when IsDevice(type) || member.Catalogue.Find(type, ApiVerb.Wraps) is not null:
                return new ArgumentFact(ArgumentKnowledge.Device);
            case not null when IsReceived(operation):
                return new ArgumentFact(ArgumentKnowledge.Device);
            case not null when IsAtHand(operation):
                return new ArgumentFact(ArgumentKnowledge.InMemory);
            case IInvocationOperation
            {
                TargetMethod: { Name: "OpenText" or "CreateText" or "AppendText", ContainingType.Name: "File" or "FileInfo" },
            }:
                return new ArgumentFact(ArgumentKnowledge.Device);
            // XmlReader.Create(stream), JsonDocument.Parse(stream): what a factory of a wrapper is given.
            case IInvocationOperation { TargetMethod: { IsStatic: true } wrapper } factory
                when !SourceModels.HasSource(wrapper.OriginalDefinition) && member.Catalogue.Find(type, ApiVerb.Wraps) is not null:
                if (factory.Arguments.Any(
                    static argument => argument.Value.Type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte }))
                    return new ArgumentFact(ArgumentKnowledge.InMemory);
                return factory.Arguments.Select(static argument => argument.Value).FirstOrDefault(CarriesBytes) is { } source
                    ? Origin(source)
                    : default;
            case IConditionalOperation { WhenFalse: { } other } choice: return OriginOf([choice.WhenTrue, other]);
            case ICoalesceOperation choice: return OriginOf([choice.Value, choice.WhenNull]);
            case ISwitchExpressionOperation choice: return OriginOf(choice.Arms.Select(static arm => arm.Value));
            case IInvocationOperation { TargetMethod: { Name: "Synchronized", IsStatic: true }, Arguments: { Length: 1 } guarded }:
                return Origin(guarded[0].Value);
            // An entry is where its archive is.
            case IInvocationOperation { TargetMethod: { Name: "Open", ContainingType.Name: "ZipArchiveEntry" }, Instance: var entry }:
                return ArchiveOf(entry) is { } archive ? Origin(archive) : default;
            case IInvocationOperation made when WrappedBy(made) is { } given:
                return Origin(given);
            case IMemberReferenceOperation when OfKept(operation, Origin)
                is { Knowledge: ArgumentKnowledge.InMemory or ArgumentKnowledge.Device } kept:
                return kept;
            case IParameterReferenceOperation reference when _body.IsOwn(reference.Parameter) && !IsDevice(type):
                return new ArgumentFact(ArgumentKnowledge.Parameter, reference.Parameter.Ordinal);
            case IInstanceReferenceOperation when IsDecorator():
            case IParameterReferenceOperation reference when IsExtended(reference.Parameter) && !IsDevice(type):
                return new ArgumentFact(ArgumentKnowledge.Parameter, _body.Method!.Parameters.Length);
            case ILocalReferenceOperation { Local: var local } when _body.Locals.TryGetValue(local, out var values):
                if (!_following.Add(local)) return default;
                var origin = OriginOf(values.Where(value => !IsNull(value) && !IsMadeOver(value, local)));
                _following.Remove(local);
                if (origin != default) return origin;
                break;
        }

        return IsDevice(type) ? new ArgumentFact(ArgumentKnowledge.Device) : default;
    }

    /// <summary>
    /// <c>memory.ReadAsync(…)</c>, <c>JsonSerializer.SerializeAsync(memory, …)</c>: the base library has done its work on what is in memory
    /// when it gives the task.
    /// </summary>
    private bool IsDoneInMemory(IInvocationOperation work)
    {
        var method = work.TargetMethod;
        if (!IsTaskLike(method.ReturnType) || !method.Name.EndsWith("Async", StringComparison.Ordinal)
            || method.ContainingType.Name == "HttpContent" || SourceModels.HasSource(method.OriginalDefinition)) return false;
        // A client may be given what is in memory, and sends it away.
        var first = work.Instance ?? (work.Arguments.IsEmpty ? null : work.Arguments[0].Value);
        return first is not null && CarriesBytes(first) && Origin(first).Knowledge == ArgumentKnowledge.InMemory
            && work.Arguments.All(argument => argument.Value == first || !CarriesBytes(argument.Value)
                || Origin(argument.Value).Knowledge == ArgumentKnowledge.InMemory);
    }

    /// <summary>Younger than the oldest Roslyn that we compile against.</summary>
    private const TypeKind Extension = (TypeKind)14;

    /// <summary>
    /// <c>extension(Stream s) { public string Text => …; }</c>: what the members of the block extend. It stands behind their parameters.
    /// </summary>
    private bool IsExtended(IParameterSymbol parameter) => _body.Method is { IsStatic: false, ContainingType.TypeKind: Extension } method
        && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method.ContainingType);

    /// <summary>
    /// <c>class Counting(Stream inner) : Stream</c>: what a decorator of one's own does to what it keeps it does to itself, and whoever
    /// made it knows over what. It stands behind the parameters, too.
    /// </summary>
    private bool IsDecorator() => _body.Method is { IsStatic: false, MethodKind: not (MethodKind.LocalFunction or MethodKind.Constructor),
        ContainingType: { TypeKind: TypeKind.Class } own } && CarriesBytes(own);

    /// <summary>The stream, reader or writer whose own member, or a member of an extension of it, is called.</summary>
    private static IOperation? ExtendedBy(IMethodSymbol target, IOperation site) =>
        target.IsStatic || target.ContainingType.TypeKind != Extension
            && !(CarriesBytes(target.ContainingType) && SourceModels.HasSource(target.OriginalDefinition)) ? null : site switch
        {
            IInvocationOperation { Instance: { } extended } when CarriesBytes(extended) => extended,
            IPropertyReferenceOperation { Instance: { } extended } when CarriesBytes(extended) => extended,
            _ => null,
        };

    /// <summary>Where all of them are, if that is one place.</summary>
    private ArgumentFact OriginOf(IEnumerable<IOperation> values)
    {
        var origins = values.Select(Origin).Distinct().Take(2).ToList();
        return origins.Count == 1 ? origins[0] : default;
    }

    /// <summary><c>stream = new GZipStream(stream, …)</c>: it stays where it was.</summary>
    private static bool IsMadeOver(IOperation value, ILocalSymbol local) => ExpressionKeys.Strip(value) switch
    {
        ILocalReferenceOperation other => SymbolEqualityComparer.Default.Equals(other.Local, local),
        IObjectCreationOperation { Arguments: { Length: > 0 } inner } => IsMadeOver(inner[0].Value, local)
            && inner.Count(static argument => CarriesBytes(argument.Value)) == 1,
        IInvocationOperation { TargetMethod: { Name: "Synchronized", IsStatic: true }, Arguments: { Length: 1 } guarded } =>
            IsMadeOver(guarded[0].Value, local),
        IConditionalOperation { WhenFalse: { } other } choice => IsMadeOver(choice.WhenTrue, local) && IsMadeOver(other, local),
        _ => false,
    };

    /// <summary>
    /// Every <c>return</c> of the method makes a stream in memory; who overrides it to write elsewhere knows what he does.
    /// </summary>
    private bool MakesMemory(IMethodSymbol maker)
    {
        var method = DeclarationOf(maker);
        if (method is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax)
            || member.Models.Of(method.SyntaxTree) is not { } model) return false;
        var made = Told.Makes(method);
        return made.Count > 0 && made.All(value =>
            model.GetTypeInfo(value, cancellation).Type is { } type
            && (type.Name.StartsWith("Memory", StringComparison.Ordinal) || IsMemory(type) || IsMadeOverMemory(value, model)
                || Told.IsNothing(value))
            || ExpressionKeys.Strip(model.GetOperation(value, cancellation)) is IInvocationOperation { TargetMethod: var opener }
                && IsOfResource(opener));
    }

    /// <summary>
    /// What is compiled into an assembly, comes whole, is printed, goes nowhere, or is made in memory by whom it is asked of.
    /// </summary>
    private bool IsAtHand(IOperation stream) => stream switch
    {
        // What is compiled into an assembly is mapped with it; what a program prints is given away at once, as Console.Write does.
        IInvocationOperation { TargetMethod: var maker } =>
            IsOfResource(maker) || IsPrinter(maker) || MakesMemory(maker) || maker.Name == "ReadAsStream" && IsWholeAnswer(stream),
        // Without another wish the answer has come as a whole before anybody looks at it.
        IAwaitOperation { Operation: var awaited } => IsWholeAnswer(awaited)
            || ExpressionKeys.Strip(awaited) is IInvocationOperation { TargetMethod: { IsAsync: true } giver } && MakesMemory(giver),
        IMemberReferenceOperation { Instance: null, Member: var end } => end is { Name: "Out" or "Error", ContainingType.Name: "Console" }
            or { Name: "Null", ContainingType.Name: "Stream" or "TextWriter" or "TextReader" or "StreamWriter" or "StreamReader" },
        _ => false,
    };

    /// <summary><c>zip.Entries[0]</c>, <c>zip.GetEntry("a")</c>, or the element of a loop over them.</summary>
    private IOperation? ArchiveOf(IOperation? entry)
    {
        const int Longest = 4;
        for (var hop = 0; hop < Longest && entry is not null; hop++)
        {
            if (entry.Type?.Name == "ZipArchive") return entry;
            entry = entry switch
            {
                ILocalReferenceOperation { Local: var local } => LoopOver(entry, local) ?? MadeBy(entry),
                IMemberReferenceOperation { Instance: var from } => ExpressionKeys.Strip(from),
                IInvocationOperation { Instance: var from } => ExpressionKeys.Strip(from),
                _ => null,
            };
        }

        return null;
    }

    /// <summary><c>new BufferedStream(new MemoryStream())</c>, or over a local that was made so.</summary>
    private bool IsMadeOverMemory(ExpressionSyntax made, SemanticModel model)
    {
        const int Deepest = 4;
        for (var depth = 0; depth < Deepest; depth++)
        {
            if (made is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: > 0 } arguments }) return false;
            var inner = arguments[0].Expression;
            if (inner is IdentifierNameSyntax name) inner = Told.MadeAs(name) ?? inner;
            if (model.GetTypeInfo(inner, cancellation).Type is { } type && IsMemory(type)) return true;
            made = inner;
        }

        return false;
    }

    /// <summary>The declaration of a method in source that has only one.</summary>
    private SyntaxNode? DeclarationOf(IMethodSymbol method) =>
        method.OriginalDefinition.DeclaringSyntaxReferences is { Length: 1 } declared ? declared[0].GetSyntax(cancellation) : null;

    /// <summary>A stream in memory, or one of the program's own that is derived from it.</summary>
    private bool IsMemory(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            if (member.Catalogue.Find(current, ApiVerb.InMemory) is not null) return true;
        return false;
    }

    /// <summary><c>Stream Packed(Stream inner) => new GZipStream(inner, …)</c>: what a method that only decorates is given.</summary>
    private IOperation? WrappedBy(IInvocationOperation call)
    {
        if (DeclarationOf(call.TargetMethod) is not MethodDeclarationSyntax method || Told.Makes(method) is not { Count: 1 } made
            || Told.Wrapped(made[0]) is not { } name) return null;
        return call.Arguments.FirstOrDefault(argument => argument.Parameter?.Name == name && CarriesBytes(argument.Value))?.Value;
    }

    /// <summary>
    /// <c>response.Content.ReadAsStreamAsync()</c>, or its synchronous form, of a response that was asked for with its content.
    /// </summary>
    private bool IsWholeAnswer(IOperation read) =>
        ExpressionKeys.Strip(read) is IInvocationOperation
        {
            TargetMethod: { Name: "ReadAsStreamAsync" or "ReadAsStream", ContainingType.Name: "HttpContent" },
            Instance: IPropertyReferenceOperation { Property.Name: "Content", Instance: ILocalReferenceOperation { Local: var response } },
        }
        && ExpressionKeys.Strip(SingleValue(response)) is IAwaitOperation { Operation: var asked }
        && ExpressionKeys.Strip(asked) is IInvocationOperation { TargetMethod: var method } && IsHttpClient(method.ContainingType)
        && !method.Parameters.Any(static parameter => parameter.Type.Name == "HttpCompletionOption");

    private static bool IsHttpClient(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Name == "HttpClient") return true;
        return false;
    }

    private static bool IsDevice(ITypeSymbol type) =>
        type.Name is "FileStream" or "NetworkStream" or "SslStream" or "NamedPipeClientStream" or "NamedPipeServerStream";

    /// <summary>
    /// Streams, readers, writers and contents of messages; also StringBuilder and byte arrays, whose wrapper is in memory.
    /// </summary>
    private static bool CarriesBytes(IOperation argument) => CarriesBytes(ExpressionKeys.Strip(argument)?.Type);

    private static bool CarriesBytes(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.Name is "Stream" or "TextReader" or "TextWriter" or "XmlReader" or "XmlWriter" or "BinaryReader" or "BinaryWriter"
                or "HttpContent") return true;
        return false;
    }
}

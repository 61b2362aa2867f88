// How the generator works
// -----------------------
// It looks at methods marked [ProcessFunction] and at calls of ProcessPool's and WorkerProcess's methods. From each it takes the exact
// types that cross, and, where the
// function can be named from outside of its class, the function. The result is one file per assembly: a module initialiser that registers
// codecs and
// functions, and the codecs. In a program (not a library) it also calls ProcessWorker.Enter, which is where a worker under Native AOT
// begins.
//
// Everything that is kept between edits is text, so that the file is only written again when something in it changes.

using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Quintet.Generators;

/// <summary>Writes the dispatch table and the codecs for process functions.</summary>
[Generator]
public sealed class ProcessFunctionGenerator : IIncrementalGenerator
{
    private const string Attribute = "Quintet.Multiprocessing.ProcessFunctionAttribute";
    private const string Pool = "Quintet.Multiprocessing.ProcessPool";
    private const string Process = "Quintet.Multiprocessing.WorkerProcess";

    private static readonly HashSet<string> StartingMethods = ["RunAsync", "MapAsync", "MapOrderedAsync", "MapUnorderedAsync", "Start"];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var marked = context.SyntaxProvider.ForAttributeWithMetadataName(
            Attribute,
            static (node, _) => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax,
            static (found, cancellation) => PartOf((IMethodSymbol)found.TargetSymbol, found.SemanticModel.Compilation, cancellation));
        var called = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax called }
                && StartingMethods.Contains(called.Name.Identifier.Text),
            static (found, cancellation) => PartOfCall(found, cancellation));
        var program = context.CompilationProvider.Select(static (compilation, _) => (
            Name: compilation.AssemblyName ?? "",
            HasRuntime: compilation.GetTypeByMetadataName(Pool) is not null,
            IsProgram: compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication));
        var parts = marked.Collect().Combine(called.Collect()).Combine(program);
        context.RegisterSourceOutput(parts, static (output, found) =>
        {
            var ((fromMethods, fromCalls), (name, hasRuntime, isProgram)) = found;
            var registrations = fromMethods.Concat(fromCalls).SelectMany(static part => part.Registrations)
                .GroupBy(static registration => registration.Statement).Select(static group => group.First())
                .OrderBy(static registration => registration.Statement, System.StringComparer.Ordinal).ToList();
            if (!hasRuntime || (registrations.Count == 0 && !isProgram)) return;
            output.AddSource("ProcessFunctions.g.cs", Source(name, registrations, isProgram));
        });
    }

    private static Part PartOfCall(GeneratorSyntaxContext found, CancellationToken cancellation)
    {
        var call = (InvocationExpressionSyntax)found.Node;
        if (found.SemanticModel.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol method
            || method.ContainingType?.ToDisplayString() is not (Pool or Process))
            return new Part(ImmutableArray<Registration>.Empty);
        var codecs = new CodecSet(found.SemanticModel.Compilation, cancellation);

        // The type arguments are those of the delegate: its parameters, and its result if it is a Func that does not fix it.
        var function = method.Parameters.FirstOrDefault()?.Type as INamedTypeSymbol;
        codecs.AddArguments(Signature(function), returns: function?.DelegateInvokeMethod is { } invoke && Returns(invoke));
        var registrations = codecs.Registrations;
        var argument = call.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        if (argument is null || found.SemanticModel.GetSymbolInfo(argument, cancellation).Symbol is not IMethodSymbol named)
            return new Part(registrations);
        return new Part(Function(named) is { } entry ? registrations.Add(entry) : registrations);
    }

    private static Part PartOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var codecs = new CodecSet(compilation, cancellation);
        codecs.AddArguments(Signature(method), returns: Returns(method));
        var registrations = codecs.Registrations;
        return new Part(Function(method) is { } function ? registrations.Add(function) : registrations);
    }

    private static ImmutableArray<ITypeSymbol> Signature(INamedTypeSymbol? function) =>
        function?.DelegateInvokeMethod is { } invoke ? Signature(invoke) : ImmutableArray<ITypeSymbol>.Empty;

    private static ImmutableArray<ITypeSymbol> Signature(IMethodSymbol method)
    {
        var types = method.Parameters.Select(static parameter => parameter.Type);
        return (Result(method) is { } result ? types.Append(result) : types).ToImmutableArray();
    }

    private static bool Returns(IMethodSymbol method) => Result(method) is not null;

    /// <summary>What crosses: of an asynchronous function what its task comes to, for which the worker waits.</summary>
    private static ITypeSymbol? Result(IMethodSymbol method)
    {
        if (method.ReturnsVoid) return null;
        return IsTask(method.ReturnType) ? ((INamedTypeSymbol)method.ReturnType).TypeArguments.FirstOrDefault() : method.ReturnType;
    }

    private static bool IsTask(ITypeSymbol type) => type is INamedTypeSymbol { Name: "Task" } task
        && task.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";

    /// <summary>An entry of the table, for a function that this file can name. Others are found by their token where there is a
    /// JIT.</summary>
    private static Registration? Function(IMethodSymbol method)
    {
        if (!method.IsStatic || method.MethodKind != MethodKind.Ordinary) return null;
        if (method.Parameters.Any(static parameter => parameter.RefKind != RefKind.None) || method.RefKind != RefKind.None) return null;
        if (method.Parameters.Length > 3) return null;

        // A generic one is entered where it is passed, for the types with which it is.
        if (!method.TypeArguments.All(IsKnown) || !IsKnown(method.ContainingType) || !CodecSet.IsVisible(method)) return null;
        if (!Signature(method).All(CodecSet.IsWhole)) return null;
        var types = method.Parameters.Select(static parameter => CodecSet.Name(parameter.Type)).ToList();
        if (Result(method) is { } result) types.Add(CodecSet.Name(result));
        var register = IsTask(method.ReturnType) ? "RegisterAsynchronous" : "Register";
        var arguments = types.Count == 0 ? "" : $"<{string.Join(", ", types)}>";
        var typeArguments = method.TypeArguments.Select(CodecSet.Name).ToList();
        var given = typeArguments.Count == 0 ? "" : $"<{string.Join(", ", typeArguments)}>";
        var owner = CodecSet.Name(method.ContainingType);
        var name = method.ContainingAssembly.Name + "|" + method.OriginalDefinition.GetDocumentationCommentId();
        var isGeneric = given.Length > 0 || method.ContainingType.IsGenericType;
        var id = StableId.Of(isGeneric ? $"{name}|{owner}{given}" : name);
        var target = $"{owner}.{CodecSet.Identifier(method.Name)}{given}";
        return new Registration($"ProcessFunctionTable.{register}{arguments}(0x{id:x16}UL, {target});", "");
    }

    private static bool IsKnown(ITypeSymbol type) => CodecSet.IsWhole(type) && CodecSet.IsNameable(type);

    private static string Source(string assembly, List<Registration> registrations, bool isProgram)
    {
        var text = new StringBuilder();
        text.AppendLine("// <auto-generated/>").AppendLine("#nullable disable").AppendLine("#pragma warning disable").AppendLine();
        text.AppendLine("using Quintet.Multiprocessing;").AppendLine();
        text.AppendLine("namespace Quintet.Multiprocessing.Generated").AppendLine("{");
        text.AppendLine($"    internal static class ProcessFunctionsOf{StableId.Of(assembly):x16}").AppendLine("    {");
        text.AppendLine("        [global::System.Runtime.CompilerServices.ModuleInitializer]");
        text.AppendLine("        internal static void Register()").AppendLine("        {");
        foreach (var registration in registrations) text.Append("            ").AppendLine(registration.Statement);
        if (isProgram) text.AppendLine("            ProcessWorker.Enter();");
        text.AppendLine("        }");
        foreach (var registration in registrations)
            if (registration.Declaration.Length > 0) text.AppendLine().Append(registration.Declaration);
        return text.AppendLine("    }").AppendLine("}").ToString();
    }
}

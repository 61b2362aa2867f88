using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Quintet.Multiprocessing.Functions;

/// <summary>
/// What names a function to a worker: the id in the generated table, or, for a static lambda or a method that has no entry, the module's
/// version
/// and the method's token in it. A worker is the same program, so both mean the same there; the version is checked.
/// </summary>
/// <param name="AssemblyName">The simple name of the assembly, which the worker may have to load.</param>
/// <param name="ModuleVersion">The module's version id.</param>
/// <param name="TableId">The id in the dispatch table, or 0.</param>
/// <param name="Token">The method's metadata token, or 0.</param>
internal sealed record FunctionReference(string AssemblyName, Guid ModuleVersion, ulong TableId, int Token)
{
    private static readonly ConcurrentDictionary<Delegate, FunctionReference> Known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where exceptions of the function's own types are looked up.</summary>
    internal Assembly? Home { get; private init; }

    /// <exception cref="ProcessFunctionException">The delegate cannot cross.</exception>
    internal static FunctionReference To(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (Known.TryGetValue(function, out var known)) return known;
        var made = Make(function);
        // Delegates that are made anew for each call would fill the table; the compiler caches those of static functions.
        if (Known.Count < 10_000) Known[function] = made;
        return made;
    }

    internal void Write(PayloadWriter writer)
    {
        writer.Text(AssemblyName);
        writer.Raw(ModuleVersion);
        writer.Raw(TableId);
        writer.Raw(Token);
    }

    internal static FunctionReference Read(ref PayloadReader reader)
    {
        var name = reader.Text() ?? "";
        var version = reader.Raw<Guid>();
        var id = reader.Raw<ulong>();
        return new FunctionReference(name, version, id, reader.Raw<int>());
    }

    /// <summary>In the worker: the function itself.</summary>
    /// <exception cref="ProcessProtocolException">There is no such function here, or it may not be run.</exception>
    internal RemoteFunction Resolve()
    {
        if (TableId != 0 && ProcessFunctionTable.Find(TableId) is { } found) return found;
        if (!RuntimeFeature.IsDynamicCodeSupported) throw Unknown();
        var module = Assembly.Load(new AssemblyName(AssemblyName)).ManifestModule;
        if (module.ModuleVersionId != ModuleVersion) throw new ProcessProtocolException($"'{AssemblyName}' is another build here.");
        RuntimeHelpers.RunModuleConstructor(module.ModuleHandle);
        if (TableId != 0) return ProcessFunctionTable.Find(TableId) ?? throw Unknown();
        return ByToken(module);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only where code can be made at run time.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only where code can be made at run time.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Only where code can be made at run time.")]
    private RemoteFunction ByToken(Module module)
    {
        if (module.ResolveMethod(Token) is not MethodInfo method || Refusal(method) is not null) throw Unknown();
        var target = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!, nonPublic: true);
        return FunctionForms.Of(method, target);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A method that a delegate points to is there.")]
    private static FunctionReference Make(Delegate function)
    {
        if (ProcessFunctionTable.IdOf(function) is { } id)
        {
            var home = function.Method.Module.Assembly;
            return new FunctionReference(home.GetName().Name!, home.ManifestModule.ModuleVersionId, id, 0) { Home = home };
        }
        if (function.GetInvocationList().Length != 1) throw new ProcessFunctionException("A delegate of several methods cannot cross.");
        var method = function.Method;
        if ((Refusal(method) ?? Bound(function)) is { } why)
            throw new ProcessFunctionException($"'{method.Name}' cannot run in another process: {why}");
        if (!RuntimeFeature.IsDynamicCodeSupported)
        {
            throw new ProcessFunctionException(
                $"'{method.Name}' is not in the dispatch table. Under Native AOT, mark a static method that is at least internal "
                + "with [ProcessFunction].");
        }
        var assembly = method.Module.Assembly;
        return new FunctionReference(assembly.GetName().Name!, method.Module.ModuleVersionId, 0, method.MetadataToken) { Home = assembly };
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "The type is there; only its fields are counted.")]
    private static string? Refusal(MethodInfo method)
    {
        if (method.DeclaringType is not { } type) return "it was made at run time. Write a static method.";
        if (method.IsGenericMethod || type.IsGenericType)
        {
            return "it is generic, or belongs to a generic type, and is not named where it is given to the pool. "
                + "Write a static method for the types in question.";
        }
        if (method.IsStatic) return null;

        // The compiler puts lambdas that capture nothing into a class of its own without state.
        var compilerMade = type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
        if (compilerMade && type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Length == 0) return null;
        return compilerMade
            ? "it captures variables. Make it static and pass them as arguments."
            : "it is an instance method. Make it static and pass the object's data as arguments.";
    }

    /// <summary>A static method whose first parameter is given already, as that of an extension method that is called on a value.</summary>
    private static string? Bound(Delegate function) => function is { Method.IsStatic: true, Target: not null }
        ? "its first argument is bound to an object. Pass it as an argument."
        : null;

    private ProcessProtocolException Unknown() => new($"No function {TableId:x} / {Token:x} in '{AssemblyName}' that may be run here.");
}

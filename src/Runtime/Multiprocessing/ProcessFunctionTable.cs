using System.Collections.Concurrent;
using System.ComponentModel;
using Quintet.Multiprocessing.Functions;

namespace Quintet.Multiprocessing;

/// <summary>The dispatch table. Filled by generated module initialisers before any code of their assembly runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ProcessFunctionTable
{
    // Searched once for each function that a worker is told of. A dictionary whose keys are numbers would have to be compiled, in every
    // worker, before its first task.
    private static readonly List<RemoteFunction> Functions = [];
    private static readonly ConcurrentDictionary<Delegate, RemoteFunction> Forms = new();

    /// <summary>Sets the codec of a type, unless it has one. Of two that are given at the same time one wins; they must be equal in
    /// effect.</summary>
    public static void Register<T>(PayloadCodec<T> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        PayloadCodec<T>.Default = codec;
    }

    /// <summary>Enters a function under its stable id.</summary>
    public static void Register<TOut>(ulong id, Func<TOut> function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T, TOut>(ulong id, Func<T, TOut> function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T1, T2, TOut>(ulong id, Func<T1, T2, TOut> function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T1, T2, T3, TOut>(ulong id, Func<T1, T2, T3, TOut> function) =>
        Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register(ulong id, Action function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T>(ulong id, Action<T> function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T1, T2>(ulong id, Action<T1, T2> function) => Enter(id, function, FunctionForms.Of(function));

    /// <inheritdoc cref="Register{TOut}(ulong, Func{TOut})"/>
    public static void Register<T1, T2, T3>(ulong id, Action<T1, T2, T3> function) => Enter(id, function, FunctionForms.Of(function));

    /// <summary>Enters an asynchronous function under its stable id.</summary>
    public static void RegisterAsynchronous<TOut>(ulong id, Func<Task<TOut>> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T, TOut>(ulong id, Func<T, Task<TOut>> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T1, T2, TOut>(ulong id, Func<T1, T2, Task<TOut>> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T1, T2, T3, TOut>(ulong id, Func<T1, T2, T3, Task<TOut>> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous(ulong id, Func<Task> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T>(ulong id, Func<T, Task> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T1, T2>(ulong id, Func<T1, T2, Task> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <inheritdoc cref="RegisterAsynchronous{TOut}(ulong, Func{Task{TOut}})"/>
    public static void RegisterAsynchronous<T1, T2, T3>(ulong id, Func<T1, T2, T3, Task> function) =>
        Enter(id, function, AsynchronousForms.Of(function));

    /// <summary>
    /// Why values of a type of another assembly would lose state, or null: a compiler does not see private fields there, so the codec that
    /// reaches <paramref name="members"/> asks once.
    /// </summary>
    public static string? HiddenState(Type type, params string[] members) => HiddenFields.In(type, members);

    internal static ulong? IdOf(Delegate function) => Forms.TryGetValue(function, out var form) ? form.Id : null;

    internal static RemoteFunction? Find(ulong id)
    {
        lock (Functions)
        {
            for (var i = Functions.Count - 1; i >= 0; i--)
                if (Functions[i].Id == id) return Functions[i];
        }
        return null;
    }

    private static void Enter(ulong id, Delegate function, RemoteFunction form)
    {
        form.Id = id;
        lock (Functions) Functions.Add(form);
        Forms[function] = form;
    }
}
